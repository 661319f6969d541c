"""Measure the page: size, time to make and to open, requests, messages, accessibility; screenshots on request.

    python bench/page.py [INPUT...] [--events 10000 100000] [--folium 100000] [--shots FOLDER]

INPUT defaults to seeds/. Synthetic sets have one sentence of their own per event. Exit status 1 when a promise
is broken: a request, a console message, an axe violation (INPUT, many events, an empty result, a set across the
antimeridian, one from right to left); for INPUT more than 1.5 MB or a shell above 90 kB gzipped; for many events more
than 110 bytes per event beside its sentence or 0.5 s for a zoom step, a pan, a filter or a step in time; beyond the
limit 3 s to open or 4 MB.

``--folium N`` draws N events with folium's MarkerCluster too, the same sentences in popups, the same facts in
tooltips, and opens both pages in turn: ours must be 10 times smaller and 10 times quicker. folium's files from the
network are answered from npm packages in geo/render/web/node_modules or build/page/src/node_modules; it takes minutes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import sys
import tempfile
import time
from datetime import date, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import gazetteer
from geo.layers import build
from geo.pipeline import make_layers, make_map, run
from geo.render import page
from geo.render.cells import LIMIT
from geo.types import Attribution, Document, Event, EventPlace, Evidence, Parsed, Report, TimeSpan

LOOKS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1280, "height": 800}},
    "narrow": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "print": {"viewport": {"width": 900, "height": 1200}},
    "no-javascript": {"viewport": {"width": 1280, "height": 1500}, "java_script_enabled": False},
}
TYPES = ("strike", "shelling", "clash", "evacuation", "control_change", "diplomacy")


def synthetic(gaz: Any, number: int) -> tuple[list[Parsed], list[Event]]:
    """Events at towns of one country, each with a sentence of about 45 characters; the same ones every time."""
    chance = random.Random(number)
    units = [gaz.get(unit) for unit in gaz.regions("UA")]
    places = [place for unit in units for place in gaz.children(unit.id)][:4000] or units
    start = date(2022, 1, 1)
    events = []
    for n in range(number):
        place = chance.choice(places)
        text = f"Report {n}: fighting near {place.name}, officials said."
        when_day = start + timedelta(days=chance.randrange(700))
        when = TimeSpan(when_day, when_day, "day", "at", "explicit", "")
        report = Report(
            "s.txt",
            "claimed",
            Evidence(n * 80, n * 80 + len(text), text),
            (0, 6),
            Attribution("officials"),
            when,
        )
        kind = chance.choice(TYPES)
        events.append(
            Event(f"{n:06x}", kind, "claimed", "claimed", (EventPlace("at", place),), (report,), when)
        )
    document = Document("s.txt", "synthetic", "Synthetic", date=date(2024, 1, 1))
    return [Parsed(document, (), tuple(events))], events


def small_set(gaz: Any, title: str, places: list[str], texts: list[str]) -> tuple[list[Parsed], list[Event]]:
    """Events at towns given by name, with sentences given in turn."""
    events = []
    for n, name in enumerate(places):
        place, text = gaz.search(name)[0].place, texts[n % len(texts)]
        report = Report("s.txt", "happened", Evidence(n * 80, n * 80 + len(text), text), (0, 6), None, None)
        where = (EventPlace("at", place),)
        events.append(
            Event(f"{n:06x}", TYPES[n % len(TYPES)], "happened", "reported", where, (report,), None)
        )
    document = Document("s.txt", "synthetic", title, date=date(2024, 1, 1))
    return [Parsed(document, (), tuple(events))], events


PACIFIC = "Suva,Auckland,Apia,Tarawa,Majuro,Honolulu,Anadyr,Nome,Tokyo,Sydney,Lima,London,Nairobi,Longyearbyen".split(
    ","
)
RTL = ["قال المسؤولون إن القصف وقع في المدينة يوم 3/5.", "ההפגזה נמשכה (שלושה ימים)."]


def shell_size(html: str) -> int:
    """Gzipped size of a page without what its documents gave: texts, tables, rows."""
    start = html.index('id="data">') + len('id="data">')
    end = html.index("</script>", start)
    data = json.loads(html[start:end])
    kept = {
        key: value
        for key, value in data.items()
        if key in {"base", "words", "paper", "hatch", "tints", "shapes"}
    }
    rows = html.index('<div class="rows">'), html.index("</div></section>", html.index('<div class="rows">'))
    bare = html[:start] + json.dumps(kept, separators=(",", ":")) + html[end : rows[0]] + html[rows[1] :]
    return len(gzip.compress(bare.encode(), 9))


def event_bytes(html: str, events: list[Event]) -> float:
    """Bytes of the data island per event, beside its sentences and the basemap."""
    start = html.index('id="data">') + len('id="data">')
    data = json.loads(html[start : html.index("</script>", start)])
    parts = {key: data[key] for key in ("events", "reports")}
    size = len(json.dumps(parts, separators=(",", ":"), ensure_ascii=False).encode())
    return size / max(len(events), 1)


def browse(browser: Any, path: Path, look: str, shots: Path | None) -> dict[str, Any]:
    """Open a page with the network blocked and note what happens."""
    options = {"reduced_motion": "reduce", **LOOKS[look]}
    context = browser.new_context(**options)
    found: dict[str, Any] = {"requests": 0, "messages": 0, "violations": None}
    view = context.new_page()

    def judge(route: Any) -> None:
        if route.request.url == path.as_uri():
            route.continue_()
        else:
            found["requests"] += 1
            route.abort()

    context.route("**/*", judge)
    view.on("console", lambda _: found.update(messages=found["messages"] + 1))
    view.on("pageerror", lambda _: found.update(messages=found["messages"] + 1))
    if look == "print":
        view.emulate_media(media="print")
    begun = time.perf_counter()
    view.goto(path.as_uri())
    live = options.get("java_script_enabled", True) and look != "print"
    if live:
        view.locator("#map canvas").wait_for()
    found["open_s"] = round(time.perf_counter() - begun, 2)
    if shots:
        shots.mkdir(parents=True, exist_ok=True)
        view.wait_for_timeout(500)
        view.screenshot(path=shots / f"{look}.png")
    if live:
        found["zoom_s"] = zoom_time(view)
        found["pan_s"], found["filter_s"] = step_time(view, PAN), step_time(view, FILTER)
        found["time_s"] = step_time(view, TIME)
        found["work_s"] = work(view, {"zoom": ZOOM, "pan": PAN, "filter": FILTER, "time": TIME})
        found["violations"] = violations(view)
    context.close()
    return found


ZOOM = """async () => {
  const begun = performance.now();
  document.querySelector(".leaflet-control-zoom-in").click();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return (performance.now() - begun) / 1000;
}"""


PAINTED = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));"
PAN = f"""async () => {{
  const map = document.querySelector("#map");
  map.focus();
  const begun = performance.now();
  const right = {{ key: "ArrowRight", code: "ArrowRight", keyCode: 39, bubbles: true }};
  map.dispatchEvent(new KeyboardEvent("keydown", right));
  {PAINTED}
  return (performance.now() - begun) / 1000;
}}"""
TIME = f"""async () => {{
  const [next] = [...document.querySelectorAll("#time button")].slice(-1);
  if (!next) return 0;
  const begun = performance.now();
  next.click();
  {PAINTED}
  return (performance.now() - begun) / 1000;
}}"""
FILTER = f"""async () => {{
  const chip = document.querySelector(".chip");
  if (!chip) return 0;
  const begun = performance.now();
  chip.click();
  {PAINTED}
  const took = (performance.now() - begun) / 1000;
  chip.click();
  return took;
}}"""


def zoom_time(view: Any) -> float:
    """Seconds of the middle one of three zoom steps, arranging and painting included; nothing is animated."""
    took = step_time(view, ZOOM)
    view.locator(".whole").click()
    return took


def step_time(view: Any, step: str) -> float:
    """Seconds of the middle one of three: from the input until what it changed is painted."""
    return round(sorted(view.evaluate(step) for _ in range(3))[1], 3)


def work(view: Any, steps: dict[str, str]) -> dict[str, float]:
    """Seconds of the page's main thread for each step, the middle one of three: other programs do not lengthen them."""
    meter = view.context.new_cdp_session(view)
    meter.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = meter.send("Performance.getMetrics")["metrics"]
        return float(next(entry["value"] for entry in metrics if entry["name"] == "TaskDuration"))

    found = {}
    for name, step in steps.items():
        took = []
        for _ in range(3):
            before = spent()
            view.evaluate(step)
            took.append(spent() - before)
        found[name] = round(sorted(took)[1], 3)
    return found


def against_folium(browser: Any, gaz: Any, number: int) -> list[str]:
    """Draw and open the same events with folium and with the page, in turn; return the promises that are broken."""
    documents, events = synthetic(gaz, number)
    begun = time.process_time()
    made = {"ours": page(build(documents, events, gaz), documents, gaz)}
    spent = {"ours": time.process_time() - begun}
    begun = time.process_time()
    made["folium"] = folium_map(events)
    spent["folium"] = time.process_time() - begun
    opened: dict[str, list[tuple[float, float]]] = {"ours": [], "folium": []}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in made.items():
            (Path(folder) / f"{name}.html").write_text(text, encoding="utf-8")
        for _ in range(2):
            for name, ready in (("folium", ".marker-cluster, .leaflet-marker-icon"), ("ours", "#map .group")):
                opened[name].append(open_time(browser, Path(folder) / f"{name}.html", ready))
                print(
                    f"{number:,} events, {name}: opened in {opened[name][-1]} s (on the clock, of the main thread)"
                )
    for name, text in made.items():
        print(
            f"{number:,} events, {name}: {len(text.encode()):,} bytes, made in {spent[name]:.1f} s of the processor"
        )
    smaller = len(made["folium"].encode()) / len(made["ours"].encode())
    quicker, lighter = (
        min(each[i] for each in opened["folium"]) / min(each[i] for each in opened["ours"]) for i in (0, 1)
    )
    print(
        f"{number:,} events: {smaller:.1f} times smaller, {quicker:.1f} ({lighter:.1f}) times quicker to open"
    )
    found = {"smaller": smaller, "quicker": quicker}
    return [
        f"{number:,} events: only {value:.1f} times {what}" for what, value in found.items() if value < 10
    ]


def folium_map(events: list[Event]) -> str:
    """Draw the map that folium's users make of points with texts."""
    import folium
    from folium.plugins import MarkerCluster

    drawn = folium.Map(location=(48.5, 31), zoom_start=6, tiles=None)
    folium.TileLayer("", attr="none", max_zoom=18).add_to(drawn)
    cluster = MarkerCluster().add_to(drawn)
    for event in events:
        place = event.places[0].place
        day = event.when.start if event.when else None
        if place is not None:
            # a backtick, which some names have, would leave folium's map blank
            tip = f"{event.type}, {place.name}, {day}".replace("`", "'")
            text = event.reports[0].evidence.text.replace("`", "'")
            folium.Marker((place.lat, place.lon), popup=text, tooltip=tip).add_to(cluster)
    return str(drawn.get_root().render())


LIBRARIES = {
    "leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet.css": "leaflet/dist/leaflet.css",
    "jquery-3.7.1.min.js": "jquery/dist/jquery.min.js",
    "leaflet.markercluster.js": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "MarkerCluster.css": "leaflet.markercluster/dist/MarkerCluster.css",
    "MarkerCluster.Default.css": "leaflet.markercluster/dist/MarkerCluster.Default.css",
}


def open_time(browser: Any, path: Path, ready: str, patience: float = 300) -> tuple[float, float]:
    """Seconds until the marks of a page are there, on the clock and of the page's main thread.

    What folium asks for is answered at once from the disk.
    """
    root = Path(__file__).resolve().parent.parent
    folders = [root / "geo/render/web/node_modules", root / "build/page/src/node_modules"]
    library = next(folder for folder in folders if folder.is_dir())
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    view = context.new_page()
    view.set_default_timeout(1000 * patience)

    def answer(route: Any) -> None:
        name = LIBRARIES.get(route.request.url.rsplit("/", 1)[-1])
        if route.request.url == path.as_uri():
            route.continue_()
        else:
            route.fulfill(body=(library / name).read_bytes() if name else b"")

    context.route("**/*", answer)
    meter = context.new_cdp_session(view)
    meter.send("Performance.enable", {"timeDomain": "threadTicks"})
    begun = time.perf_counter()
    view.goto(path.as_uri(), wait_until="commit")
    view.locator(f"css:light={ready}").first.wait_for(
        state="attached"
    )  # the plain engine: no search for shadow roots
    taken = time.perf_counter() - begun
    metrics = {entry["name"]: entry["value"] for entry in meter.send("Performance.getMetrics")["metrics"]}
    context.close()
    return round(taken, 2), round(metrics["TaskDuration"], 2)


def violations(view: Any) -> int | None:
    """Count axe's violations, None where the engine is not installed."""
    spec = find_spec("axe_playwright_python")
    if spec is None or not spec.submodule_search_locations:
        return None
    view.evaluate((Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8"))
    return len(view.evaluate("axe.run()")["violations"])


def measure(
    browser: Any, name: str, html: str, seconds: float, events: list[Event], shots: Path | None
) -> list[str]:
    """Print what was measured; return the promises that are broken."""
    size, shell, each = len(html.encode()), shell_size(html), event_bytes(html, events)
    print(f"{name}: {size:,} bytes, shell {shell:,} gz, {each:.0f} bytes per event, made in {seconds:.2f} s")
    broken = [f"{name}: shell of {shell:,} bytes"] if name == "input" and shell > 90_000 else []
    if name == "input" and size > 1_500_000:
        broken.append(f"{name}: {size:,} bytes")
    if len(events) > LIMIT and size > 4_000_000:
        broken.append(f"{name}: {size:,} bytes")
    if len(events) >= 1000 and each > 110:
        broken.append(f"{name}: {each:.0f} bytes per event")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.html"
        path.write_text(html, encoding="utf-8")
        for look in LOOKS if name == "input" else ("wide",):
            found = browse(browser, path, look, shots if name == "input" else None)
            print(f"  {look}: {found}")
            if len(events) > LIMIT and found["open_s"] > 3:
                broken.append(f"{name}, {look}: opened in {found['open_s']} s")
            if len(events) >= 1000:
                slow = {
                    what: found[what]
                    for what in ("zoom_s", "pan_s", "filter_s", "time_s")
                    if found[what] > 0.5
                }
                broken += [f"{name}, {look}: {what} {took}" for what, took in slow.items()]
            broken += [
                f"{name}, {look}: {k} {found[k]}" for k in ("requests", "messages", "violations") if found[k]
            ]
    return broken


def main() -> int:
    """Run the measurements."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("input", nargs="*", default=["seeds"])
    parser.add_argument("--events", nargs="*", type=int, default=[10_000])
    parser.add_argument("--folium", nargs="*", type=int, default=[])
    parser.add_argument("--shots", type=Path)
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    gaz = gazetteer.open()
    parsed = list(run(options.input, gaz=gaz))
    begun = time.perf_counter()
    layers = make_layers(parsed, gaz=gaz)
    html = make_map(parsed, gaz=gaz, layers=layers)
    sets = [("input", html, time.perf_counter() - begun, [e for item in parsed for e in item.events])]
    odd = {
        "empty": ([], []),
        "antimeridian": small_set(gaz, "Across the antimeridian", PACIFIC, ["Something happened."]),
        "right to left": small_set(gaz, "خريطة الأحداث", ["Beirut", "Jerusalem", "Damascus", "Cairo"], RTL),
    }
    for name, (documents, events) in odd.items():
        begun = time.perf_counter()
        made = page(build(documents, events, gaz), documents, gaz)
        sets.append((name, made, time.perf_counter() - begun, events))
    for number in options.events:
        documents, events = synthetic(gaz, number)
        begun = time.perf_counter()
        layers = build(documents, events, gaz, limit=LIMIT)
        made = page(layers, documents, gaz, title=f"{number:,} events")
        sets.append((f"{number:,} events", made, time.perf_counter() - begun, events))
    broken = []
    with sync_playwright() as playwright:
        executable = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for name, text, seconds, events in sets:
            broken += measure(browser, name, text, seconds, events, options.shots)
        for number in options.folium:
            broken += against_folium(browser, gaz, number)
        browser.close()
    for line in broken:
        print(f"broken: {line}", file=sys.stderr)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
