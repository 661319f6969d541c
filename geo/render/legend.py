"""The legend: one block of HTML that the page, its static twin and its print share."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geo.render import style
from geo.render.markup import dots, esc, hatch, icon, said, symbol
from geo.types import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.layers.layer import Layer
    from geo.ontology import Ontology


def legend(
    layers: Mapping[str, Layer],
    claims: Iterable[Mapping[str, object]],
    catalogue: dict[str, str],
    ontology: Ontology,
    current: int | None = None,
    control: Mapping[str, Any] | None = None,
) -> str:
    """Legend of what the map shows; the headings become switches of their layers.

    The first `current` claims are those drawn at first (default: all), the others stay hidden until the
    reader chooses a day on which they were made.
    """
    marks = []
    if len(layers["events"]):
        marks = [_type_keys(layers["events"], catalogue, ontology), _status_keys(layers["events"], catalogue)]
        marks.append(_size_keys(layers["events"], catalogue))
    rest = []
    if most := max((row["events"] for row in layers["regions"].rows), default=0):
        rest.append(_tint_keys(style.tint_steps(most), catalogue))
    if len(layers["flows"]):  # of counted events those of the newest: only these are drawn
        rest.append(_head(catalogue["flows"], "flows") + _flow_keys(layers["flows"], catalogue, ontology))
    if any(row["mentions"] for row in layers["places"].rows):
        rest.append(_head(catalogue["mentions"], "mentions"))
    territory = _claim_keys(list(claims), current, catalogue) + (
        _control_keys(control, catalogue) if control else ""
    )
    columns = ("".join(marks), territory, "".join(rest))
    return (
        f'<details id="legend" open><summary>{esc(catalogue["legend"])}</summary>'
        f'<div class="keys">{"".join(f"<div>{column}</div>" for column in columns if column)}</div></details>'
    )


def _head(text: str, layer: str | None = None) -> str:
    mark = f' data-layer="{layer}"' if layer else ""
    return f"<h2{mark}>{esc(text)}</h2>"


def _key(drawing: str, text: str, extra: str = "", *, wide: bool = False, attributes: str = "") -> str:
    name = "key wide" if wide else "key"
    return f'<div class="{name}"{attributes}>{drawing}<span>{said("bdi", text)}{extra}</span></div>'


def _type_keys(events: Layer, catalogue: dict[str, str], ontology: Ontology) -> str:
    used = (
        {type_ for type_, _ in events.tally.kinds} if events.tally else {row["type"] for row in events.rows}
    )
    order = [name for name in ontology.types if name in used] + sorted(used - set(ontology.types))
    kinds = [style.type_style(name, ontology, catalogue) for name in order]
    keys = "".join(_key(icon(symbol(kind, "happened")), kind["label"]) for kind in kinds)
    return f'{_head(catalogue["events"], "events")}<div class="types">{keys}</div>'


def _status_keys(events: Layer, catalogue: dict[str, str]) -> str:
    used = (
        {status for _, status in events.tally.kinds}
        if events.tally
        else {row["status"] for row in events.rows}
    )
    plain = {"family": "other", "shape": "circle", "glyph": ""}
    keys = [
        _key(icon(symbol(plain, status)), catalogue[f"status.{status}"])
        for status in STATUSES
        if status in used
    ]
    return f'{_head(catalogue["status"])}<div class="statuses">{"".join(keys)}</div>' if keys else ""


def _size_keys(events: Layer, catalogue: dict[str, str]) -> str:
    """Sizes of the symbols, where there are different ones."""
    most = (
        events.tally.most_reports
        if events.tally
        else max((row["reports"] or 0 for row in events.rows), default=0)
    )
    if most < style.SIZE_STEPS[1]:
        return ""
    plain = {"family": "other", "shape": "circle", "glyph": ""}
    names = [str(low) if high - 1 == low else f"{low}–{high - 1}" for low, high in pairwise(style.SIZE_STEPS)]
    keys = "".join(
        f'<div class="key"><svg class="size{n}" viewBox="-12 -12 24 24" aria-hidden="true">{symbol(plain, "claimed")}'
        f"</svg>{name}</div>"
        for n, name in enumerate([*names, f"{style.SIZE_STEPS[-1]}+"], 1)
    )
    return f'{_head(catalogue["size"])}<div class="sizes">{keys}</div>'


def _tint_keys(steps: Sequence[int], catalogue: dict[str, str]) -> str:
    names = [f"{low}–{high - 1}" if high - 1 > low else f"{low}" for low, high in pairwise(steps)] + [
        f"{steps[-1]}+"
    ]
    wide = max(34, 7 * max(map(len, names)) + 4)
    boxes = "".join(
        f'<svg class="swatch" viewBox="0 0 {wide} 22" role="img" aria-label="{name}">'
        f'<rect class="t{n}" width="{wide}" height="22"/>'
        f'<text x="{wide / 2:g}" y="15" text-anchor="middle">{name}</text></svg>'
        for n, name in enumerate(names)
    )
    return f'{_head(catalogue["tint"], "regions")}<div class="key wide tints">{boxes}</div>'


def _claim_keys(claims: list[Mapping[str, object]], current: int | None, catalogue: dict[str, str]) -> str:
    current = len(claims) if current is None else current
    state = " data-past hidden" if current else ""
    empty = f'<div class="key wide" id="no-claim"{state}>{esc(catalogue["claim_none"])}</div>'
    if not claims:
        return f"{_head(catalogue['claimed'])}{empty}"
    keys = []
    grouped: dict[tuple[object, ...], list[str]] = {}
    for number, claim in enumerate(claims):
        # The dates are part of the legend's text, so that a key's claims stand and end together.
        said_of = (claim[name] for name in ("hatch", "line", "proxy", "legend", "start", "end"))
        grouped.setdefault((number >= current, *said_of), []).append(str(claim["territory"]))
    for number, ((past, drawn, line, _, text, start, end), territories) in enumerate(grouped.items()):
        drawing = _claim_swatch(int(str(drawn)), style.CLAIM_LINES[str(line)], f"k{number}")
        made = f' data-from="{esc(start)}" data-to="{esc(end)}"{" data-past hidden" if past else ""}'
        keys.append(_key(drawing, f"{', '.join(territories)}: {text}", wide=True, attributes=made))
    used = [line for line in style.CLAIM_LINES if any(claim["line"] == line for claim in claims)]
    lines = "; ".join(catalogue[f"line.{line}"] for line in used)
    keys.append(f'<div class="key wide"><span class="lines">{esc(lines)}</span></div>' if lines else "")
    return _head(catalogue["claimed"], "claims") + empty + "".join(keys)


def _control_keys(control: Mapping[str, Any], catalogue: dict[str, str]) -> str:
    """Who controls what, under the name of whoever says so."""
    keys = []
    for party, name in enumerate(control["parties"]):
        number = party % len(style.CONTROL)
        drawing = (
            f'<svg class="swatch" viewBox="0 0 34 22" aria-hidden="true"><defs>{dots(number, f"d{party}")}</defs>'
            f'<rect class="g{number} held" x="1" y="1" width="32" height="20" fill="url(#d{party})"/></svg>'
        )
        keys.append(_key(drawing, name, wide=True))
    return _head(catalogue["control"].format(source=control["source"]), "control") + "".join(keys)


def _claim_swatch(number: int, dash: str, pattern: str) -> str:
    return (
        f'<svg class="swatch" viewBox="0 0 34 22" aria-hidden="true"><defs>{hatch(number, pattern)}</defs>'
        f'<rect class="h{number}" x="1" y="1" width="32" height="20" fill="url(#{pattern})" stroke-width="1.6"'
        f' stroke-dasharray="{dash}"/></svg>'
    )


def _flow_keys(flows: Layer, catalogue: dict[str, str], ontology: Ontology) -> str:
    keys = []
    for name in sorted({row["type"] for row in flows.rows}):
        kind = style.type_style(name, ontology, catalogue)
        arrow = (
            f'<svg class="swatch f-{kind["family"]}" viewBox="0 0 34 22" aria-hidden="true">'
            '<path class="flow" d="M2 14Q14 4 25 10"/><path class="tip" d="M33 13L22 14L26 4Z"/></svg>'
        )
        keys.append(_key(arrow, kind["label"]))
    return "".join(keys)
