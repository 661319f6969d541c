"""The legend and the small print of a picture."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from geo.ontology import load
from geo.render import style
from geo.render.picture_ground import claimants, hatch_of, line_of
from geo.render.picture_shapes import draw_mark
from geo.render.words import day, viewpoint_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from matplotlib.figure import Figure

    from geo.layers.layer import Layer

LINE: Final = 0.135
"""Height of a line of text, inches."""
CHARS: Final = 39
"""Characters in a line of the legend."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the legend: a heading (no sample) or a sample with its text."""

    text: str
    sample: str = ""
    values: tuple[Any, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The text, broken to the width of the legend."""
        return wrap(self.text, CHARS if self.sample else CHARS + 6) or [""]

    @property
    def height(self) -> float:
        """In inches."""
        if not self.sample:
            return LINE * len(self.lines) + 0.12
        return max(LINE * len(self.lines), 0.2 if self.sample == "mark" else LINE) + 0.05


def entries(
    layers: Mapping[str, Layer],
    as_of: date | None,
    catalogue: Mapping[str, str],
    outside: Sequence[tuple[str, int]] = (),
) -> list[Entry]:
    """List what the legend shows: only what is on the map."""
    rows = [row for row in layers["events"].rows if row["lon"] is not None]
    found: list[Entry] = []
    if rows:
        found.append(Entry(catalogue["events"]))
        found += _types(rows)
        found.append(Entry(catalogue["status"]))
        found += _statuses(rows, catalogue)
        if any(row["is_area"] for row in rows):
            row = next(row for row in rows if row["is_area"])
            found.append(
                Entry(catalogue["area_note"], "mark", (row["type"], row["family"], "happened", True))
            )
    if any(style.tint(row["events"] or 0) is not None for row in layers["regions"].rows):
        found += [Entry(catalogue["tint"]), *_tints()]
    if any(shape is not None for shape in layers["flows"].geometry):
        found.append(Entry(catalogue["flows"]))
        found.append(Entry(f"{catalogue['status.happened']}; {_dashed(catalogue)}", "flow"))
    if layers["claims"].rows:
        found += _claims(layers, as_of, catalogue)
    if outside:
        listed = ", ".join(f"{name} ({count})" for name, count in outside[:8])
        found.append(Entry("Events outside this picture"))
        found.append(Entry(listed + (" ..." if len(outside) > 8 else ""), "none"))
    return found


def fits(legend: Sequence[Entry], room: float) -> bool:
    """Whether the legend may stand beside a map of this height (inches); else it goes below."""
    return height(legend) <= max(room, 4.2) * 1.15


def columns(legend: Sequence[Entry], count: int) -> list[list[Entry]]:
    """Break the legend into at most `count` columns of like height; a heading stays with its rows."""
    if not legend:
        return []
    starts = [number for number, entry in enumerate(legend) if not entry.sample] or [0]
    groups = [list(legend[first:last]) for first, last in pairwise([*starts, len(legend)])]
    least = max([height(group) for group in groups], default=0.0)
    whole = height(legend)
    for step in range(100):
        found = _filled(groups, least + (whole - least) * step / 100)
        if len(found) <= count:
            return found
    return [list(legend)]


def _filled(groups: Sequence[list[Entry]], room: float) -> list[list[Entry]]:
    found: list[list[Entry]] = []
    for group in groups:
        if found and height(found[-1]) + height(group) <= room + 1e-9:
            found[-1] += group
        else:
            found.append(list(group))
    return found


def height(legend: Sequence[Entry]) -> float:
    """Height of the whole legend, inches."""
    return sum(entry.height for entry in legend)


def draw(figure: Figure, legend: Sequence[Entry], *, left: float, top: float) -> None:
    """Draw the legend downwards from a corner (inches from the figure's lower left corner)."""
    y = top
    for entry in legend:
        middle = y - entry.height / 2
        bold = not entry.sample
        if entry.sample:
            _sample(figure, entry, left, middle)
        else:
            middle = y - 0.09 - LINE * (len(entry.lines) - 1) / 2 - 0.02
        figure.text(
            left + (0.36 if entry.sample else 0),
            middle,
            "\n".join(entry.lines),
            transform=figure.dpi_scale_trans,
            fontsize=7.5 if entry.sample else 8.5,
            va="center",
            linespacing=1.15,
            weight="bold" if bold else "normal",
            color=style.LIGHT["label"],
            parse_math=False,
        )
        y -= entry.height


def footer(
    viewpoint: str, attribution: str, publisher: str | None, catalogue: Mapping[str, str], width: float
) -> list[str]:
    """Lines of small print: viewpoint, disclaimer, attribution."""
    chars = int(width * 17.5)
    named = publisher or catalogue["publisher"]
    texts = [f"{viewpoint_text(viewpoint, catalogue)}. {catalogue['disclaimer'].format(publisher=named)}"]
    if attribution:
        texts.append(catalogue["attribution"].format(text=attribution))
    return [line for text in texts for line in wrap(text, chars)]


def footer_height(lines: Sequence[str]) -> float:
    """Height of the small print, inches."""
    return 0.1 * len(lines) + 0.18


def frame_text(figure: Figure, title: str, lines: Sequence[str], left: float) -> None:
    """Write the title above and the small print below."""
    if title:
        shown = title if len(title) < 100 else title[:99] + "…"
        top = figure.get_figheight() - 0.22
        figure.text(
            left,
            top,
            shown,
            transform=figure.dpi_scale_trans,
            fontsize=12,
            weight="bold",
            va="center",
            color=style.LIGHT["label"],
            parse_math=False,
        )
    figure.text(
        left,
        0.08,
        "\n".join(lines),
        transform=figure.dpi_scale_trans,
        fontsize=5.8,
        va="bottom",
        color=style.LIGHT["quiet"],
        parse_math=False,
        linespacing=1.2,
    )


def _types(rows: Sequence[Mapping[str, Any]]) -> list[Entry]:
    ontology = load()
    counts = Counter(row["type"] for row in {row["id"]: row for row in rows}.values())
    families = {row["type"]: row["family"] for row in rows}
    order = {name: number for number, name in enumerate(ontology.types)}
    return [
        Entry(f"{ontology.label(name)} ({counts[name]})", "mark", (name, families[name], "happened", False))
        for name in sorted(counts, key=lambda name: (order.get(name, len(order)), name))
    ]


def _statuses(rows: Sequence[Mapping[str, Any]], catalogue: Mapping[str, str]) -> list[Entry]:
    present = {row["status"] for row in rows}
    return [
        Entry(catalogue[key], "mark", ("", None, status, False))
        for key in catalogue
        if key.startswith("status.") and (status := key.removeprefix("status.")) in present
    ]


def _tints() -> list[Entry]:
    steps = [*style.TINT_STEPS, None]
    found = []
    for index, least in enumerate(style.TINT_STEPS):
        after = steps[index + 1]
        text = (
            f"{least} or more"
            if after is None
            else f"{least}"
            if after == least + 1
            else f"{least} to {after - 1}"
        )
        found.append(Entry(text, "tint", (style.TINTS[index],)))
    return found


def _dashed(catalogue: Mapping[str, str]) -> str:
    return f"dashed: {catalogue['status.called_for']}, {catalogue['status.planned']} ..."


def _claims(layers: Mapping[str, Layer], as_of: date | None, catalogue: Mapping[str, str]) -> list[Entry]:
    numbers = claimants(layers)
    shown = (
        catalogue["as_of"].format(date=day(as_of.isoformat(), dict(catalogue)))
        if as_of
        else catalogue["as_of_all"]
    )
    found = [Entry(shown)]
    grouped: dict[tuple[str, Any], list[str]] = {}
    lines: dict[tuple[str, Any], Any] = {}
    for row in {row["id"]: row for row in layers["claims"].rows}.values():
        key = (row["legend"], numbers[row["claimant"]])
        grouped.setdefault(key, []).append(row["territory"])
        lines[key] = line_of(row)
    for key, territories in grouped.items():
        found.append(Entry(f"{', '.join(territories)}: {key[0]}", "claim", (key[1], lines[key])))
    if any(row["proxy"] for row in layers["claims"].rows):
        found.append(Entry(catalogue["line.approximate"], "line", (0, (0, (1.2, 2.5)))))
    return found


def _sample(figure: Figure, entry: Entry, left: float, middle: float) -> None:
    from matplotlib.patches import FancyArrowPatch, Rectangle

    frame = figure.dpi_scale_trans
    if entry.sample == "mark":
        kind, family, status, area = entry.values
        draw_mark(figure, (left + 0.14, middle), kind, family, status, area=area)
    elif entry.sample == "tint":
        figure.add_artist(
            Rectangle(
                (left, middle - 0.055),
                0.28,
                0.11,
                transform=frame,
                facecolor=entry.values[0],
                edgecolor=style.LIGHT["unit"],
                linewidth=0.5,
            )
        )
    elif entry.sample == "flow":
        look = style.family("movement")
        figure.add_artist(
            FancyArrowPatch(
                (left, middle),
                (left + 0.3, middle),
                transform=frame,
                arrowstyle="-|>",
                mutation_scale=9,
                color=look.line,
                linewidth=1.6,
            )
        )
    elif entry.sample != "none":
        hatch, colour = hatch_of(entry.values[0])
        tall = 0.07 if entry.sample == "claim" else 0.0
        figure.add_artist(
            Rectangle(
                (left, middle - tall),
                0.28,
                2 * tall,
                transform=frame,
                facecolor="none",
                edgecolor=colour,
                hatch=hatch if tall else None,
                linewidth=1.0,
                linestyle=entry.values[1],
            )
        )
