"""Pictures of a finished map for the README, taken in a headless Chromium with the network blocked.

Usage: python tools/pictures.py out/map.html docs/pictures
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path

SIZE = {"width": 1280, "height": 800}


def main(page: str, folder: str) -> int:
    """Open the page, wait for the map, save what a reader sees first."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    executable = next(filter(None, map(shutil.which, names)), None)
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    target = Path(folder) / "map.png"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        view = browser.new_context(viewport=SIZE, offline=True, reduced_motion="reduce").new_page()
        view.goto(Path(page).resolve().as_uri())
        view.wait_for_timeout(1500)
        shot = view.screenshot()
        browser.close()
    save(shot, target)
    print(f"{target}: {target.stat().st_size / 1e3:.0f} kB")
    return 0


def save(shot: bytes, target: Path) -> None:
    """Write a PNG with a palette: a map has few colours, and the file stays small."""
    from PIL import Image

    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(shot)) as picture:
        picture.convert("RGB").quantize(colors=192, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
