"""The example notebook runs as it stands, and its maps open."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.geo.render.conftest import Opened

RUN = """
import sys, nbformat
from nbclient import NotebookClient
book = nbformat.read(sys.argv[1], 4)
NotebookClient(book, timeout=120, kernel_name="python3", resources={"metadata": {"path": sys.argv[2]}}).execute()
nbformat.write(book, sys.argv[3])
"""


def test_the_notebook_of_folium(root: Path, tmp_path: Path, open_html: Callable[..., Opened]) -> None:
    if not all(map(find_spec, ("nbclient", "ipykernel"))):
        pytest.skip("nbclient or ipykernel is not installed")
    shutil.copytree(root / "seeds", tmp_path / "seeds")
    (tmp_path / "out").mkdir()
    done = tmp_path / "done.ipynb"
    book = root / "examples" / "folium.ipynb"
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", RUN, str(book), str(tmp_path), str(done)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    outputs = [out for cell in json.loads(done.read_text())["cells"] for out in cell.get("outputs", ())]
    shown = ["".join(out["data"]["text/html"]) for out in outputs if "text/html" in out.get("data", {})]
    assert any(text.startswith("<iframe srcdoc=") and 'sandbox="allow-scripts"' in text for text in shown)
    for name, paths in (("ours", 2), ("claims", 3)):
        opened = open_html((tmp_path / "out" / f"{name}.html").read_text(encoding="utf-8"))
        opened.page.locator("#map canvas").first.wait_for()
        assert opened.page.locator(".leaflet-overlay-pane path").count() >= paths
        assert (opened.requests, opened.messages) == ([], [])
    theirs = (tmp_path / "out" / "theirs.html").read_text(encoding="utf-8")
    assert theirs.count("window.geodispatchLayer(L, ") == 3
