"""Check wheels: each holds the built products and all code, none is too big, and all are byte-identical.

Usage: python tools/check_wheel.py one.whl two.whl
"""

from __future__ import annotations

import hashlib
import sys
import zipfile
from pathlib import Path

PRODUCTS = {
    "gazetteer/data/world.gaz": 1_000_000,
    "gazetteer/data/manifest.json": 500,
    "geo/render/static/page.js": 20_000,
    "geo/render/static/page.css": 500,
    "geo/render/static/page.leaflet.js": 20_000,
    "geo/render/static/page.layer.js": 500,
}
"""Least sizes in bytes: a build that "succeeds" without a product has happened."""
CEILING = 30_000_000
"""Most bytes for the compressed gazetteer in the wheel."""


def problems(path: Path) -> list[str]:
    """List what is wrong with one wheel."""
    root = Path(__file__).resolve().parent.parent
    found = []
    with zipfile.ZipFile(path) as wheel:
        held = {info.filename: info for info in wheel.infolist()}
    for name, least in PRODUCTS.items():
        if name not in held or held[name].file_size < least:
            found.append(f"{name} is missing or smaller than {least:,} bytes")
    if "gazetteer/data/world.gaz" in held and held["gazetteer/data/world.gaz"].compress_size > CEILING:
        found.append(f"world.gaz takes more than {CEILING:,} bytes")
    for package in ("geo", "gazetteer"):
        for module in sorted((root / package).rglob("*.py")):
            name = module.relative_to(root).as_posix()
            if "node_modules" not in name and not name.startswith("geo/render/web/") and name not in held:
                found.append(f"{name} is not in the wheel")
    return found


def main(wheels: list[str]) -> int:
    """Report on all wheels; 0 where all is well."""
    paths = [Path(name) for name in wheels]
    failures = [f"{path.name}: {problem}" for path in paths for problem in problems(path)]
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    if len(digests) > 1:
        failures.append(f"the wheels differ: {differences(paths)}")
    for failure in failures:
        print(failure, file=sys.stderr)
    sizes = ", ".join(f"{path.stat().st_size / 1e6:.1f} MB" for path in paths)
    print(f"{len(paths)} wheels, {sizes}: {'FAILED' if failures else 'complete and equal'}")
    return 1 if failures else 0


def differences(paths: list[Path]) -> str:
    """Name the files in which the first two wheels differ."""
    tables = []
    for path in paths[:2]:
        with zipfile.ZipFile(path) as wheel:
            tables.append({info.filename: (info.CRC, info.date_time) for info in wheel.infolist()})
    names = tables[0].keys() | tables[1].keys()
    return (
        ", ".join(sorted(n for n in names if tables[0].get(n) != tables[1].get(n))) or "only in their packing"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
