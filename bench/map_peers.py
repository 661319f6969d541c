"""Maps of many events beside plain folium and `GeoDataFrame.explore`: time to make, bytes, time to open.

Part of peers.py. The same events, sentences in popups; what the others ask of the network is answered from npm packages
on the disk (see page.py), so that their maps open sooner here than elsewhere. A map is open when its first mark stands.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from measure import ROOT

MAKERS: Final = {
    "geodispatch": """
from geo.layers import build
from geo.render import page
html = page(build(documents, events, gaz), documents, gaz)
""",
    "folium, a marker each": """
import folium
drawn = folium.Map(location=(48.5, 31), zoom_start=6, tiles=None)
for event in events:
    place = event.places[0].place
    text = event.reports[0].evidence.text.replace("`", "'")
    folium.Marker((place.lat, place.lon), popup=text).add_to(drawn)
html = drawn.get_root().render()
""",
    "geopandas, explore": """
import geopandas
rows = [
    {"type": e.type, "status": e.status, "day": str(e.when.start), "evidence": e.reports[0].evidence.text}
    for e in events
]
spots = [e.places[0].place for e in events]
points = geopandas.points_from_xy([s.lon for s in spots], [s.lat for s in spots])
html = geopandas.GeoDataFrame(rows, geometry=points, crs="EPSG:4326").explore(tiles=None).get_root().render()
""",
}
READY: Final = {
    "geodispatch": "#map .group, #map .mark",
    "folium, a marker each": ".leaflet-marker-icon",
    "geopandas, explore": "path.leaflet-interactive",
}
HARNESS: Final = """
import sys, time
sys.path[:0] = ["bench", "."]
import gazetteer
from page import synthetic
gaz = gazetteer.open()
documents, events = synthetic(gaz, {number})
begun = time.process_time()
{code}
took = time.process_time() - begun
open(sys.argv[1], "w", encoding="utf-8").write(html)
print(took, next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1e3)
"""
PATIENCE_S: Final = 120


def maps_table(numbers: list[int]) -> str:
    """Table of maps with so many events."""
    from playwright.sync_api import sync_playwright

    lines = ["| events | map | to make, s | memory, MB | size, MB | work to open, s | on the clock, s |"]
    lines.append("|---:|---|" + "---:|" * 5)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        executable = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for number in numbers:
            for name, code in MAKERS.items():
                path = Path(folder) / "map.html"
                program = HARNESS.format(number=number, code=code)
                done = subprocess.run(
                    [sys.executable, "-c", program, str(path)],
                    check=True,
                    capture_output=True,
                    text=True,
                    cwd=ROOT,
                )
                took, peak = map(float, done.stdout.split())
                size = path.stat().st_size / 1e6
                opened = _opened(browser, path, READY[name])
                lines.append(f"| {number:,} | {name} | {took:.1f} | {peak:.0f} | {size:.2f} | {opened} |")
        browser.close()
    return "\n".join([*lines, ""])


def _opened(browser: Any, path: Path, ready: str) -> str:
    """Seconds of the main thread and on the clock until the first mark stands, or how long was waited."""
    from page import open_time
    from playwright.sync_api import Error

    try:
        clock, work = open_time(browser, path, ready, PATIENCE_S)
        return f"{work:.2f} | {clock:.1f}"
    except Error as error:
        return f"| not in {PATIENCE_S}" if "Timeout" in str(error) else f"| {json.dumps(str(error)[:60])}"
