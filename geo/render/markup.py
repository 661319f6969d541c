"""Small pieces of HTML and SVG: the only place where text becomes markup, always escaped."""

from __future__ import annotations

import html
import itertools
from typing import TYPE_CHECKING

from geo.render import style
from geo.render.data import clean, type_style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.layers.layer import Layer
    from geo.ontology import Ontology


def esc(text: object) -> str:
    """Text for an element or a quoted attribute: markup characters escaped, non-text characters replaced."""
    return html.escape(clean(text), quote=True)


def said(name: str, text: object) -> str:
    """Wrap a text of a document or the gazetteer: its own direction, shut off from its surroundings."""
    return f'<{name} dir="auto">{esc(text)}</{name}>'


def symbol(kind: Mapping[str, str], status: str, extra: str = "") -> str:
    """Group with the symbol of an event type (see `data.type_style`) and status, centred on 0,0."""
    struck = '<path class="x" d="M-11 11L11-11"/>' if status in style.STRUCK else ""
    return (
        f'<g class="m f-{esc(kind["family"])} s-{esc(status)}"{extra}>'
        f'<path class="o" d="{style.SHAPES[kind["shape"]]}"/>'
        f'<path class="g" d="{kind["glyph"]}"/>{struck}</g>'
    )


def icon(inner: str) -> str:
    """Wrap a symbol as a small drawing of its own."""
    return f'<svg viewBox="-14 -14 28 28" aria-hidden="true">{inner}</svg>'


def hatch(number: int, name: str) -> str:
    """SVG pattern of a claimant's hatch; in screen units, so that it survives print and greyscale."""
    angle = -style.HATCH_ANGLES[number]
    return (
        f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="12" height="12" patternTransform="rotate({angle})">'
        f'<line class="h{number}" x1="0" y1="0" x2="12" y2="0" stroke-width="3"/></pattern>'
    )


def family_css() -> str:
    """CSS variables of the families and the hatches' colours, for light and dark."""
    families = {**style.FAMILIES, "other": style.OTHER}
    light = "".join(
        f".f-{name}{{--fill:{f.fill};--glyph:{f.ink};--line:{f.line}}}"
        for name, f in sorted(families.items())
    )
    dark = "".join(f".f-{name}{{--line:{f.line_dark}}}" for name, f in sorted(families.items()))
    light += "".join(f".h{n}{{stroke:{colour}}}" for n, colour in enumerate(style.HATCH_COLOURS))
    dark += "".join(f".h{n}{{stroke:{colour}}}" for n, colour in enumerate(style.HATCH_COLOURS_DARK))
    return f"{light}@media screen and (prefers-color-scheme:dark){{{dark}}}"


def legend(
    layers: Mapping[str, Layer],
    claims: Iterable[Mapping[str, object]],
    catalogue: dict[str, str],
    ontology: Ontology,
) -> str:
    """Legend of what the map shows; the headings become switches of their layers."""
    parts = [_event_keys(layers["events"], catalogue, ontology)]
    if any(row["events"] for row in layers["regions"].rows):
        parts.append(_tint_keys(catalogue))
    parts.append(_claim_keys(list(claims), catalogue))
    if len(layers["flows"]):
        parts.append(_head(catalogue["flows"], "flows") + _flow_keys(layers["flows"], catalogue, ontology))
    if any(row["mentions"] for row in layers["places"].rows):
        parts.append(_head(catalogue["mentions"], "mentions"))
    return (
        f'<details id="legend" open><summary>{esc(catalogue["legend"])}</summary>'
        f'<div class="keys">{"".join(parts)}</div></details>'
    )


def _head(text: str, layer: str | None = None) -> str:
    mark = f' data-layer="{layer}"' if layer else ""
    return f"<h2{mark}>{esc(text)}</h2>"


def _key(drawing: str, text: str, extra: str = "", *, wide: bool = False) -> str:
    return f'<div class="key{" wide" if wide else ""}">{drawing}<span>{said("bdi", text)}{extra}</span></div>'


def _event_keys(events: Layer, catalogue: dict[str, str], ontology: Ontology) -> str:
    used = {row["type"] for row in events.rows}
    order = [name for name in ontology.types if name in used] + sorted(used - set(ontology.types))
    kinds = [type_style(name, ontology, catalogue) for name in order]
    statuses = [status for status in STATUSES if any(row["status"] == status for row in events.rows)]
    plain = {"family": "other", "shape": "circle", "glyph": ""}
    return "".join(
        [
            _head(catalogue["events"], "events"),
            '<div class="types">',
            *(_key(icon(symbol(kind, "happened")), kind["label"]) for kind in kinds),
            "</div>",
            _head(catalogue["status"]) if statuses else "",
            *(_key(icon(symbol(plain, status)), catalogue[f"status.{status}"]) for status in statuses),
        ]
    )


STATUSES = ("happened", "claimed", "planned", "called_for", "threatened", "denied", "hypothetical")


def _tint_keys(catalogue: dict[str, str]) -> str:
    steps = style.TINT_STEPS
    names = [f"{low}–{high - 1}" for low, high in itertools.pairwise(steps)] + [f"{steps[-1]}+"]
    boxes = "".join(
        f'<svg class="swatch" viewBox="0 0 34 22" role="img" aria-label="{name}">'
        f'<rect class="t{n}" width="34" height="22"/>'
        f'<text x="17" y="15" text-anchor="middle">{name}</text></svg>'
        for n, name in enumerate(names)
    )
    return f'{_head(catalogue["tint"], "regions")}<div class="key wide tints">{boxes}</div>'


def _claim_keys(claims: list[Mapping[str, object]], catalogue: dict[str, str]) -> str:
    if not claims:
        return f'{_head(catalogue["claimed"])}<div class="key wide">{esc(catalogue["claim_none"])}</div>'
    keys = []
    grouped: dict[tuple[object, ...], list[str]] = {}
    for claim in claims:
        key = tuple(claim[name] for name in ("hatch", "line", "proxy", "legend"))
        grouped.setdefault(key, []).append(str(claim["territory"]))
    for number, ((drawn, line, _, text), territories) in enumerate(grouped.items()):
        drawing = _claim_swatch(int(str(drawn)), style.CLAIM_LINES[str(line)], f"k{number}")
        keys.append(_key(drawing, f"{', '.join(territories)}: {text}", wide=True))
    used = [line for line in style.CLAIM_LINES if any(claim["line"] == line for claim in claims)]
    lines = "; ".join(catalogue[f"line.{line}"] for line in used)
    keys.append(f'<div class="key wide"><span class="lines">{esc(lines)}</span></div>')
    return _head(catalogue["claimed"], "claims") + "".join(keys)


def _claim_swatch(number: int, dash: str, pattern: str) -> str:
    return (
        f'<svg class="swatch" viewBox="0 0 34 22" aria-hidden="true"><defs>{hatch(number, pattern)}</defs>'
        f'<rect class="h{number}" x="1" y="1" width="32" height="20" fill="url(#{pattern})" stroke-width="1.6"'
        f' stroke-dasharray="{dash}"/></svg>'
    )


def _flow_keys(flows: Layer, catalogue: dict[str, str], ontology: Ontology) -> str:
    keys = []
    for name in sorted({row["type"] for row in flows.rows}):
        kind = type_style(name, ontology, catalogue)
        arrow = (
            f'<svg class="swatch f-{kind["family"]}" viewBox="0 0 34 22" aria-hidden="true">'
            '<path class="flow" d="M2 14Q14 4 25 10"/><path class="tip" d="M33 13L22 14L26 4Z"/></svg>'
        )
        keys.append(_key(arrow, kind["label"]))
    return "".join(keys)


ROWS = 2000
"""Most rows of the table that stands in the page itself."""


def table(events: Layer, reports: Layer, catalogue: dict[str, str], ontology: Ontology) -> str:
    """Events with their sentences as a table, the first `ROWS` and the total."""
    from geo.render.words import period

    told: dict[str, list[dict[str, object]]] = {}
    for row in reports.rows:
        told.setdefault(row["event_id"], []).append(row)
    rows = []
    for event in events.rows[:ROWS]:
        kind = type_style(event["type"], ontology, catalogue)
        sentences = told.get(event["id"], []) or [{"evidence": event["evidence"], "document_title": None}]
        cells = [
            esc(kind["label"]),
            esc(catalogue[f"status.{event['status']}"]),
            said("bdi", event["place_name"] or catalogue["no_place"]),
            said("bdi", period(event, catalogue) or event["date_text"] or catalogue["no_date"]),
            said("bdi", event["source"]),
            "".join(said("p", " ".join(str(s["evidence"] or "").split())) for s in sentences),
            "".join(said("p", s["document_title"]) for s in sentences),
        ]
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    heads = [catalogue[key] for key in ("type", "status", "place", "date", "source", "sentence", "document")]
    total = len(events)
    note = catalogue["first_rows"].format(n=min(ROWS, total), total=total) if total else catalogue["empty"]
    head = "".join(f'<th scope="col">{esc(text)}</th>' for text in heads)
    return (
        f"<h2>{esc(catalogue['table'])}</h2><table><caption>{esc(note)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def unplaced_table(layer: Layer, catalogue: dict[str, str]) -> str:
    """List what could not be placed, with the reasons; "" where there is nothing."""
    if not len(layer):
        return ""
    rows = "".join(
        f"<tr><td>{said('bdi', row['text'])}</td><td>{said('bdi', row['reason'])}</td>"
        f"<td>{said('bdi', row['document_title'])}</td></tr>"
        for row in layer.rows[:ROWS]
    )
    heads = "".join(f'<th scope="col">{esc(catalogue[key])}</th>' for key in ("words", "reason", "document"))
    note = f"{catalogue['unplaced_help']} {min(ROWS, len(layer))} / {len(layer)}"
    return (
        f"<h2>{esc(catalogue['unplaced'])}</h2><table><caption>{esc(note)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
