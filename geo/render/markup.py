"""Small pieces of HTML and SVG: the only place where text becomes markup, always escaped."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from geo.render import style
from geo.render.island import clean, short
from geo.render.reasons import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

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


def dots(number: int, name: str) -> str:
    """SVG pattern of an area of control."""
    return (
        f'<pattern id="{name}" patternUnits="userSpaceOnUse" width="10" height="10"><rect class="g{number} dot" '
        f'width="10" height="10" opacity="0.3"/><circle class="g{number} dot" cx="5" cy="5" r="1.7"/></pattern>'
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
    light += "".join(
        f".g{n}{{stroke:{colour}}}.g{n}.dot{{fill:{colour};stroke:none}}"
        for n, colour in enumerate(style.CONTROL)
    )
    dark += "".join(
        f".g{n}{{stroke:{colour}}}.g{n}.dot{{fill:{colour}}}" for n, colour in enumerate(style.CONTROL_DARK)
    )
    return f"{light}@media screen and (prefers-color-scheme:dark){{{dark}}}"


ROWS = 2000
"""Most rows of the table that stands in the page itself."""


def table(
    events: Layer, reports: Layer, catalogue: dict[str, str], ontology: Ontology, total: int | None = None
) -> str:
    """Events with their sentences as a table, the first `ROWS` and the total (default: of the layer)."""
    from geo.render.words import period

    told: dict[str, list[dict[str, object]]] = {}
    for row in reports.rows:
        told.setdefault(row["event_id"], []).append(row)
    places: dict[str, dict[str, None]] = {}
    for row in events.rows:
        places.setdefault(row["id"], {}).setdefault(row["place_name"] or "")
    first = {row["id"]: row for row in reversed(events.rows)}
    labels = {
        name: esc(style.type_style(name, ontology, catalogue)["label"])
        for name in {event["type"] for event in first.values()}
    }
    rows = []
    for id_ in list(places)[:ROWS]:
        event = first[id_]
        sentences = told.get(id_, []) or [{"evidence": event["evidence"], "document_title": None}]
        cells = [
            labels[event["type"]],
            esc(catalogue[f"status.{event['status']}"]),
            said("bdi", ", ".join(filter(None, places[id_])) or catalogue["no_place"]),
            said("bdi", period(event, catalogue) or event["date_text"] or catalogue["no_date"]),
            said("bdi", event["source"]),
            "".join(said("p", " ".join(str(s["evidence"] or "").split())) for s in sentences),
            "".join(said("p", short(s["document_title"])) for s in sentences),
        ]
        rows.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    heads = [catalogue[key] for key in ("type", "status", "place", "date", "source", "sentence", "document")]
    listed = min(ROWS, len(places))
    total = total or len(places)
    note = catalogue["first_rows"].format(n=listed, total=total) if total else catalogue["empty"]
    head = "".join(f'<th scope="col">{esc(text)}</th>' for text in heads)
    return (
        f"<h2>{esc(catalogue['table'])}</h2><table><caption>{esc(note)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def unplaced_table(layer: Layer, catalogue: dict[str, str], total: int | None = None) -> str:
    """List what could not be placed, with the reasons and the total (default: of the layer); "" for nothing."""
    if not len(layer):
        return ""
    rows = "".join(
        f"<tr><td>{said('bdi', row['text'])}</td><td>{said('bdi', in_words(row['reason'], catalogue))}</td>"
        f"<td>{said('bdi', short(row['document_title']))}</td></tr>"
        for row in layer.rows[:ROWS]
    )
    heads = "".join(f'<th scope="col">{esc(catalogue[key])}</th>' for key in ("words", "reason", "document"))
    note = f"{catalogue['unplaced_help']} {min(ROWS, len(layer))} / {total or len(layer)}"
    return (
        f"<h2>{esc(catalogue['unplaced'])}</h2><table><caption>{esc(note)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
