"""Fixtures that many tests share. Sockets are blocked by pytest-socket (see pyproject.toml)."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from gazetteer import Gazetteer

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
"""Material beside the project that does not belong to it: reference documents and their gold."""


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def gaz() -> Gazetteer:
    """The gazetteer of the whole world, opened once."""
    import gazetteer

    return gazetteer.open()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference documents; tests that need it are skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no reference documents beside the project")
    return SHARED


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium: the system's, else Playwright's own. Without one: skip, or fail where CI asks."""
    from playwright.sync_api import Error, sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    executable = next(filter(None, map(shutil.which, names)), None)
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        except Error as error:
            if os.environ.get("GEODISPATCH_REQUIRE_BROWSER"):
                raise
            pytest.skip(f"no Chromium: {error.message.splitlines()[0]}")
        yield chromium
        chromium.close()
