"""Markdown, Quarto and notebook snippets, run by what reads them."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from geo.render.embed import jupyter, markdown, quarto

if TYPE_CHECKING:
    from pathlib import Path

TITLE = 'War & "peace" *x* [a](b) <script>alert(1)</script> \\ $y$ `z` {{u}}'


def test_markdown_is_a_picture_that_links() -> None:
    mistune = pytest.importorskip("mistune", reason="a reader of Markdown comes with nbconvert")
    made = markdown("out/my map(1).html", TITLE, picture="a.png")
    html = mistune.create_markdown(escape=False)(made)

    assert "<script" not in html
    assert html.count("<img") == 1
    assert html.count('<a href="out/my%20map%281%29.html"') == 2
    assert "<em>" not in html
    assert (
        mistune.create_markdown(escape=False)(markdown("javascript:alert(1)", "t")).count("./javascript:")
        == 1
    )


def test_quarto_has_a_way_for_each_output() -> None:
    made = quarto("map.html", TITLE, picture="map.png")
    html, other = made.split('::: {.content-visible unless-format="html"}')

    assert html.startswith('::: {.content-visible when-format="html"}\n```{=html}\n<iframe')
    assert "iframe" not in other
    assert other.count("](map.png){fig-alt=") == 1
    assert made.count(":::") == 4
    assert "](map.html)" in quarto("map.html", "t").split("unless-format")[1]


@pytest.mark.skipif(not shutil.which("pandoc"), reason="no pandoc here")
def test_pandoc_reads_the_quarto_snippet() -> None:
    done = subprocess.run(
        ["pandoc", "-f", "markdown", "-t", "html"],
        input=quarto("map.html", TITLE, picture="map.png"), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.count("<iframe") == 1
    assert "<script" not in done.stdout


def test_a_notebook_is_run_and_converted(tmp_path: Path) -> None:
    """The cell's code is run by Python itself: a kernel would take seconds and open ports."""
    nbformat = pytest.importorskip("nbformat")
    nbconvert = pytest.importorskip("nbconvert")
    Image.new("RGB", (4, 4), "red").save(tmp_path / "map.png")
    code = jupyter("map.html", TITLE, picture=str(tmp_path / "map.png"))
    shown: list[dict[str, str]] = []
    ours = code.replace("from IPython.display import display\n", "")
    exec(compile(ours, "cell", "exec"), {"display": lambda data, raw: shown.append(data)})  # noqa: S102
    (data,) = shown

    assert data["text/plain"] == TITLE
    notebook = nbformat.v4.new_notebook()
    output = nbformat.v4.new_output("display_data", data=data)
    notebook.cells.append(nbformat.v4.new_code_cell(code, outputs=[output]))
    html, _ = nbconvert.HTMLExporter(template_name="basic").from_notebook_node(notebook)
    assert html.count("<iframe") == 1
    assert "<script>alert" not in html
    assert "loading=" in html
    latex, parts = nbconvert.LatexExporter().from_notebook_node(notebook)
    (png,) = (name for name in parts["outputs"] if name.endswith(".png"))
    assert f"{{{png}}}" in latex, "PDF takes the picture"


def test_without_a_picture_the_cell_still_runs() -> None:
    shown: list[dict[str, str]] = []
    ours = jupyter("map.html", TITLE).replace("from IPython.display import display\n", "")
    exec(compile(ours, "cell", "exec"), {"display": lambda data, raw: shown.append(data)})  # noqa: S102

    assert set(shown[0]) == {"text/html", "text/plain"}
