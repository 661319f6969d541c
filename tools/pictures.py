"""Pictures of a finished map, taken in a headless Chromium with the network blocked: what an editor looks at.

Usage: python tools/pictures.py out/map.html out/pictures [docs/pictures]

Writes wide.png, narrow.png, dark.png, print.png and no-javascript.png into the first folder, and those that the README
shows into the second.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path
from typing import Any, Final

LOOKS: Final[dict[str, dict[str, Any]]] = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "narrow": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "print": {"viewport": {"width": 794, "height": 1123}},  # A4 at 96 dots per inch
    "no-javascript": {"viewport": {"width": 1280, "height": 1500}, "java_script_enabled": False},
}
README: Final = {"wide": "map.png", "print": "print.png"}


def main(page: str, folder: str, readme: str | None = None) -> int:
    """Take all pictures of a page."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    executable = next(filter(None, map(shutil.which, names)), None)
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=arguments)
        for look, options in LOOKS.items():
            context = browser.new_context(offline=True, reduced_motion="reduce", **options)
            view = context.new_page()
            if look == "print":
                view.emulate_media(media="print")
            view.goto(Path(page).resolve().as_uri())
            view.wait_for_timeout(1500)
            save(view.screenshot(), Path(folder) / f"{look}.png", edge=40 if look == "print" else 0)
            context.close()
            if readme and look in README:
                Path(readme).mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path(folder) / f"{look}.png", Path(readme) / README[look])
        browser.close()
    return 0


def save(shot: bytes, target: Path, edge: int) -> None:
    """Write a PNG with a palette (a map has few colours, and the file stays small) and, on paper, a white edge."""
    from PIL import Image, ImageOps

    target.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(shot)) as picture:
        framed = ImageOps.expand(picture.convert("RGB"), edge, "white")
        framed.quantize(colors=192, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"{target}: {target.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
