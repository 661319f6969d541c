"""The static map: an SVG of the same basemap, claims, events and movements, for print and without JavaScript."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import cos, hypot, radians
from typing import TYPE_CHECKING, Any, Final

from geo.render import style
from geo.render.markup import dots, esc, hatch
from geo.render.place import Taken, text_width
from geo.render.svg_marks import CROWD, Symbols, beside, boxed, counted, gathered
from geo.render.topology import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.render.base import Base
    from geo.render.topology import Ring
    from geo.render.view import Box, View

WIDTH: Final = 1200.0
FINENESS: Final = 1.6
"""Least distance of two points of a line, picture units; what is finer does not show."""
ROOM: Final = 42.0
"""Least side of a country that gets a label, picture units."""

Xy = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """Equirectangular projection with its standard parallel in the middle of the box: true shapes there."""

    west: float
    north: float
    kx: float
    ky: float
    height: float

    def xy(self, lon: float, lat: float) -> Xy:
        """Picture units of a point in degrees."""
        return (lon - self.west) * self.kx, (self.north - lat) * self.ky

    def near(self, lon: float, lat: float) -> Xy:
        """Picture units of a place, on the side of the antimeridian that is nearer to the middle."""
        middle = self.west + WIDTH / self.kx / 2
        return self.xy(lon + 360 * round((middle - lon) / 360), lat)

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether a picture point is inside, or within `margin` units of it."""
        return -margin <= x <= WIDTH + margin and -margin <= y <= self.height + margin


def frame_of(box: Box) -> Frame:
    """Frame for a box, widened to between 5:4 and 2:1."""
    west, south, east, north = box
    shrink = max(cos(radians((south + north) / 2)), 0.2)
    width, height = (east - west) * shrink, north - south
    if width / height < 1.25:
        pad = (1.25 * height - width) / shrink / 2
        west, east = west - pad, east + pad
    elif width / height > 2:
        pad = (width / 2 - height) / 2
        south, north = south - pad, north + pad
    kx = WIDTH / (east - west)
    return Frame(west, north, kx, kx / shrink, (north - south) * kx / shrink)


def static_map(made: Base, shown: View, data: dict[str, Any], title: str, summary: str) -> str:
    """Draw the map.

    Parameters
    ----------
    made : Base
    shown : View
    data : dict
        What `geo.render.data.page_data` gave: the same content as the page.
    title, summary : str
        Name and description of the picture for those who do not see it.
    """
    frame = frame_of(shown.focus)
    drawing = _Drawing(made, frame, data)
    bar = drawing.scale_bar()
    parts = [
        *drawing.ground(),
        *drawing.tints(),
        *drawing.lines(),
        *drawing.control(),
        *drawing.claims(),
        *drawing.areas(),
        *drawing.flows(),
        *drawing.marks(),
        *drawing.labels(),
        bar,
    ]
    return (
        f'<svg viewBox="0 0 {WIDTH:.0f} {frame.height:.0f}" role="img" aria-labelledby="st sd">'
        f'<title id="st">{esc(title)}</title><desc id="sd">{esc(summary)}</desc>{"".join(parts)}</svg>'
    )


class _Drawing:
    """The parts of one picture, in the order in which they are painted."""

    def __init__(self, made: Base, frame: Frame, data: dict[str, Any]) -> None:
        self.made, self.frame, self.data = made, frame, data
        self.taken = Taken(WIDTH, frame.height)
        self.texts: list[str] = []
        self.arcs = [self._thin(arc) for arc in made.topology.arcs]
        self.drawn: set[int] = set()
        self.told = Counter(data["reports"]["event"])
        self.regions = {id_: n for n, id_ in enumerate(data["regions"]["id"])}
        self.points = [
            frame.near(*at) for at in zip(data["places"]["lon"], data["places"]["lat"], strict=True)
        ]

    def _thin(self, arc: Ring) -> list[Xy]:
        """Arc in picture units, thinned: finely where it shows, coarsely outside."""
        points = [self.frame.xy(*self.made.grid.lonlat(point)) for point in arc]
        kept = [points[0]]
        for x, y in points[1:-1]:
            least = FINENESS if self.frame.holds(x, y, 30) else 60
            if hypot(x - kept[-1][0], y - kept[-1][1]) >= least:
                kept.append((x, y))
        return [*kept, points[-1]]

    def _ring(self, numbers: Sequence[int]) -> list[Xy]:
        points: list[Xy] = []
        for number in numbers:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            points.extend(arc if not points else arc[1:])
        return points

    def _seen(self, points: Sequence[Xy]) -> bool:
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return max(xs) > 0 and min(xs) < WIDTH and max(ys) > 0 and min(ys) < self.frame.height

    def ground(self) -> list[str]:
        """Water, coarse land, and each unit once, to be used again by tints and claims."""
        turn = 360 * self.frame.kx
        rings = [[self.frame.xy(*self.made.grid.lonlat(point)) for point in ring] for ring in self.made.far]
        rings = [[(x + by, y) for x, y in ring] for ring in rings for by in (-turn, 0.0, turn)]
        far = "".join(path(ring, closed=True) for ring in rings if self._seen(ring))
        units = []
        for number, listed in enumerate(self.made.topology.units):
            shapes = [self._ring(ring) for ring in listed]
            seen = [ring for ring in shapes if self._seen(ring) and len(ring) > 3]
            if seen:
                self.drawn.add(number)
                units.append(
                    f'<path id="u{number}" d="{"".join(path(ring, closed=True) for ring in seen)}"/>'
                )
        return [
            f'<rect class="water" width="{WIDTH:.0f}" height="{self.frame.height:.0f}"/>',
            f'<path class="far" d="{far}"/>' if far else "",
            f'<g class="land" fill-rule="evenodd">{"".join(units)}</g>',
        ]

    def _uses(self, area: str) -> list[int]:
        """Numbers of the drawn units of an area."""
        country = area.removeprefix("iso:")
        units = self.made.units
        return [n for n in sorted(self.drawn) if units[n].id == area] or [
            n for n in sorted(self.drawn) if units[n].country == country
        ]

    def tints(self) -> list[str]:
        """First-level units by number of events."""
        found = []
        regions = self.data["regions"]
        for id_, events in zip(regions["id"], regions["events"], strict=True):
            if (step := style.tint(events, self.data["tints"][0])) is not None:
                found += [f'<use href="#u{n}" class="t{step}"/>' for n in self._uses(id_)]
                found += self._other(id_, f'class="t{step}"')
        return found

    def lines(self) -> list[str]:
        """Lakes, rivers, unit lines, coasts, borders."""
        found = []
        for name, shapes, closed in (("lake", self.made.lakes, True), ("river", self.made.rivers, False)):
            points = [[self.frame.xy(*self.made.grid.lonlat(p)) for p in shape] for shape in shapes]
            found.append((name, "".join(path(_thinned(p), closed=closed) for p in points if self._seen(p))))
        kinds = self.made.lines()
        for name in ("unit", "coast", "border"):
            shown = [self.arcs[n] for n in kinds[name] if self._seen(self.arcs[n])]
            found.append((name, "".join(path(arc) for arc in shown)))
        return [f'<path class="{name}" d="{d}"/>' for name, d in found if d]

    def claims(self) -> list[str]:
        """Hatched areas with their outlines."""
        claims = self.data["claims"]
        used = sorted({claim["hatch"] for claim in claims})
        parts = [f"<defs>{''.join(hatch(number, f'c{number}') for number in used)}</defs>"] if used else []
        for claim in claims:
            number, dash = claim["hatch"], style.CLAIM_LINES[claim["line"]]
            for area in claim["areas"]:
                look = (
                    f'class="h{number}" fill="url(#c{number})" stroke-width="2.4" stroke-dasharray="{dash}"'
                )
                parts += [f'<use href="#u{n}" {look}/>' for n in self._uses(area)]
                parts += self._other(area, look)
        return parts

    def control(self) -> list[str]:
        """Areas of control, filled and dotted, with a solid edge."""
        control = self.data["control"]
        if not control:
            return []
        used = sorted({party % len(style.CONTROL) for party, *_ in control["areas"]})
        parts = [f"<defs>{''.join(dots(number, f'g{number}') for number in used)}</defs>"]
        for party, *_, rings in control["areas"]:
            number = party % len(style.CONTROL)
            points = [[self.frame.xy(*self.made.grid.lonlat(p)) for p in decode(ring)] for ring in rings]
            d = "".join(path(_thinned(ring), closed=True) for ring in points if self._seen(ring))
            parts.append(f'<path class="g{number} held" fill="url(#g{number})" d="{d}"/>')
        return parts

    def _other(self, area: str, look: str) -> list[str]:
        rings = [
            [self.frame.xy(*self.made.grid.lonlat(p)) for p in ring]
            for ring in self.made.shapes.get(area, [])
        ]
        d = "".join(path(_thinned(ring), closed=True) for ring in rings if self._seen(ring))
        return [f'<path {look} d="{d}"/>'] if d else []

    def areas(self) -> list[str]:
        """Outlines of regions that events are only known to; a circle where the gazetteer has no outline."""
        places = self.data["places"]
        claimed = {area for claim in self.data["claims"] for area in claim["areas"]}
        parts = []
        for number in dict.fromkeys(n for listed in self.data["events"]["places"] for n in listed):
            area = places["id"][number]
            if (
                not places["area"][number]
                or area in claimed
                or places["kind"][number] in {"country", "continent"}
            ):
                continue
            outline = [f'<use href="#u{n}" class="outline"/>' for n in self._uses(area)]
            outline = outline or self._other(area, 'class="outline"')
            x, y = self.points[number]
            radius = places["precision_km"][number] / 111.2 * self.frame.ky
            parts += outline or [f'<circle class="outline" cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"/>']
        return parts

    def flows(self) -> list[str]:
        """Movements as bent arrows."""
        flows, types = self.data["flows"], self.data["types"]
        parts = []
        for kind, status, start, end in zip(
            flows["type"], flows["status"], flows["from"], flows["to"], strict=True
        ):
            if start < 0 or end < 0:
                continue
            (x0, y0), (x1, y1) = self.points[start], self.points[end]
            x1 += 360 * self.frame.kx * round((x0 - x1) / (360 * self.frame.kx))
            curve, tip = _arrow((x0, y0), (x1, y1))
            dash = ' stroke-dasharray="12 8"' if status in style.DASHES else ""
            parts.append(
                f'<g class="f-{types[kind]["family"]}"><path class="flow halo" d="{curve}"/>'
                f'<path class="flow" d="{curve}"{dash}/><path class="tip" d="{tip}"/></g>'
            )
            self.taken.boxes.append((x1 - 14, y1 - 14, 28, 28))
        return parts

    def marks(self) -> list[str]:
        """Symbols by place: beside their point, or in a labelled box for an area."""
        places, events = self.data["places"], self.data["events"]
        groups: dict[int, list[int]] = {}
        for event, listed in enumerate(events["places"]):
            for number in listed:
                if self.frame.holds(*self.points[number]):
                    groups.setdefault(number, []).append(event)
        if self.data.get("cells"):
            drawn, boxes = counted(self.points, self.data["cells"]["counts"], self.frame)
            self.taken.boxes.extend(boxes)
            return drawn
        if len(groups) > CROWD:
            drawn, boxes = gathered(self.points, groups, events, self.data["types"], self.told)
            self.taken.boxes.extend(boxes)
            return drawn
        order = sorted(groups, key=lambda n: (places["area"][n], -len(groups[n]), n))
        for number in order:
            if not places["area"][number]:
                x, y = self.points[number]
                self.taken.boxes.append((x - 6, y - 6, 12, 12))
        marks = [self._mark(number, groups[number]) for number in order]
        return [stem for stem, _ in marks] + [mark for _, mark in marks]

    def _mark(self, number: int, listed: list[int]) -> tuple[str, str]:
        places, types = self.data["places"], self.data["types"]
        symbols = Symbols.of(self.data["events"], listed, self.told)
        at = self.points[number]
        if places["area"][number]:
            return boxed(
                self.taken, at, symbols, types, places["name"][number], self._counts(places["id"][number])
            )
        return beside(self.taken, at, symbols, types)

    def _counts(self, region: str) -> str:
        number = self.regions.get(region)
        if number is None:
            return ""
        regions = self.data["regions"]
        return str(
            self.data["words"]["counts"].format(
                mentions=regions["mentions"][number], events=regions["events"][number]
            )
        )

    def labels(self) -> list[str]:
        """Countries, regions that are named or have events, then the others, where there is room."""
        found = [
            self._label(*country.label, [(country.name.upper(), "country", 21, 0.1)])
            for country in self.made.countries
            if country.size * self.frame.ky > ROOM
        ]
        shown = {self.data["places"]["id"][n] for listed in self.data["events"]["places"] for n in listed}
        told = {region.removeprefix("iso:").partition("-")[0] for region in self.regions}
        units = sorted(range(len(self.made.units)), key=lambda n: self.made.units[n].id not in self.regions)
        for number in units:
            unit = self.made.units[number]
            if number not in self.drawn or unit.id in shown or unit.country not in told:
                continue
            if unit.id == f"iso:{unit.country}":  # a country as a whole has its label
                continue
            counts = self._counts(unit.id)
            lines = [(unit.name, "name" if counts else "small", 19 if counts else 16, 0.0)]
            found.append(
                self._label(*unit.label, [*lines, *([(counts, "small", 16, 0.0)] if counts else [])])
            )
        return found

    def _label(self, lon: float, lat: float, lines: list[tuple[str, str, float, float]]) -> str:
        x, y = self.frame.near(lon, lat)
        width = max(text_width(text, size * (1 + spacing * 1.8)) for text, _, size, spacing in lines) + 6
        height = sum(size + 4 for _, _, size, _ in lines)
        if not (width / 2 < x < WIDTH - width / 2 and height < y < self.frame.height - height):
            return ""
        spots = [
            (x - width / 2, y - height / 2 + step * height, width, height)
            for step in (0, 0.7, -0.7, 1.4, -1.4)
        ]
        if (box := self.taken.first(spots)) is None:
            return ""
        parts, top = [], box[1]
        for text, name, size, _ in lines:
            top += size + 4
            parts.append(
                f'<text class="{name}" x="{x:.0f}" y="{top - 5:.0f}" text-anchor="middle">{esc(text)}</text>'
            )
        return "".join(parts)

    def scale_bar(self) -> str:
        """Bar of a round number of km, true in the middle of the picture."""
        per_km = self.frame.ky / 111.195
        km = next(
            (step for step in (2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1) if step * per_km < 260), 1
        )
        y, length = self.frame.height - 20, km * per_km
        self.taken.boxes.append((10, y - 20, length + 100, 30))
        return (
            f'<path class="bar" d="M20 {y - 8:.0f}V{y:.0f}H{20 + length:.0f}V{y - 8:.0f}"/>'
            f'<text class="small" x="{26 + length:.0f}" y="{y:.0f}">{km} km</text>'
        )


def path(points: Sequence[Xy], *, closed: bool = False) -> str:
    """SVG path of whole units, relative; points that fall together are left out."""
    whole = [(round(x), round(y)) for x, y in points]
    x, y = whole[0]
    parts = [f"M{x} {y}"]
    for px, py in whole:
        if px != x or py != y:
            parts.append(f"l{px - x} {py - y}" if py >= y else f"l{px - x}{py - y}")
            x, y = px, py
    return "".join(parts) + ("z" if closed else "")


def _thinned(points: Sequence[Xy]) -> list[Xy]:
    kept = [points[0]]
    for point in points[1:-1]:
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) >= FINENESS:
            kept.append(point)
    return [*kept, points[-1]]


def _arrow(start: Xy, end: Xy) -> tuple[str, str]:
    """Paths of a bent line and of its head."""
    (x0, y0), (x1, y1) = start, end
    lift = -0.16 if x1 >= x0 else 0.16
    cx, cy = (x0 + x1) / 2 - (y1 - y0) * lift, (y0 + y1) / 2 + (x1 - x0) * lift
    length = hypot(x1 - cx, y1 - cy) or 1.0
    ux, uy = (x1 - cx) / length, (y1 - cy) / length
    bx, by = x1 - ux * 14, y1 - uy * 14
    left = (x1 - ux * 18 - uy * 9, y1 - uy * 18 + ux * 9)
    right = (x1 - ux * 18 + uy * 9, y1 - uy * 18 - ux * 9)
    tip = f"M{x1:.0f} {y1:.0f}L{left[0]:.0f} {left[1]:.0f}L{right[0]:.0f} {right[1]:.0f}Z"
    return f"M{x0:.0f} {y0:.0f}Q{cx:.0f} {cy:.0f} {bx:.0f} {by:.0f}", tip
