"""A whole run, cold: ``geo map seeds/`` against the import of geopandas and folium in the same minute.

python bench/map_cold.py [folder]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from measure import BIN, ROOT, compare, verdict


def main(folder: str = str(ROOT / "seeds")) -> int:
    """Measure and report."""
    with tempfile.TemporaryDirectory() as out:
        page = Path(out) / "map.html"
        times = compare(
            {
                "imports": [sys.executable, "-c", "import geopandas, folium"],
                "map": [str(BIN / "geo"), "map", folder, "-o", str(page)],
            }
        )
        size = page.stat().st_size / 1e6
    ratio = times["map"] / times["imports"]
    checks = [
        verdict("geo map, times the import of geopandas and folium", ratio, 2.5, "x"),
        verdict("the page", size, 1.5, "MB"),
    ]
    print(f"     {times['map']:.2f} s against {times['imports']:.2f} s")
    return 0 if all(checks) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
