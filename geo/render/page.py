"""The page: one HTML file with its code, style, data and a static twin, and a policy that forbids the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.ontology import load
from geo.render import markup
from geo.render.base import base
from geo.render.cells import LIMIT, aggregated, counted
from geo.render.control import control_data
from geo.render.data import page_data
from geo.render.facts import facts_of, title_of
from geo.render.island import island, packed
from geo.render.legend import legend
from geo.render.markup import esc, said
from geo.render.shell import Extras, bundle, policy
from geo.render.svg import static_map
from geo.render.through import claims_seen
from geo.render.tiles import online_tiles
from geo.render.view import focused, view
from geo.render.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geo.layers.atlas import Atlas
    from geo.layers.layer import Layer
    from geo.ontology import Ontology
    from geo.render.cells import Cells
    from geo.render.control import Control
    from geo.render.through import Claimed
    from geo.render.view import Box
    from geo.types import Parsed


def page(
    layers: Mapping[str, Layer],
    parsed: Sequence[Parsed],
    gaz: Atlas,
    *,
    title: str | None = None,
    as_of: date | None = None,
    publisher: str | None = None,
    lang: str = "en",
    ontology: Ontology | None = None,
    control: Control | None = None,
    tiles: Any = None,
    focus: Box | None = None,
    limit: int = LIMIT,
    extras: Extras | None = None,
) -> str:
    """Write the map page.

    Parameters
    ----------
    layers : mapping of str to Layer
        What `geo.layers.build` gave.
    parsed : sequence of Parsed
        The documents, for their number and dates.
    gaz : gazetteer
        Gives the basemap and the attribution.
    title : str, optional
        Default: the document's title where there is one document with a title, else a general one.
    as_of : datetime.date, optional
        The day of the claims, as given to `geo.layers.build`; it is only printed. Default: what the claims
        layer says.
    publisher : str, optional
        Named in the disclaimer.
    lang : str
        Language of the interface: en or uk.
    ontology : Ontology, optional
        Event types, for labels and symbols; the package's own by default.
    control : Control, optional
        Who controls what, as the caller has it (`geo.render.control.read_control`); drawn apart from claims.
    tiles : str or xyzservices.TileProvider, optional
        Online tiles beneath the map: a provider, its name ("OpenStreetMap.Mapnik") or an https address with {z}, {x}
        and {y}. Off by default: with them the page asks their server for images, and its policy allows just that.
    focus : (west, south, east, north), optional
        What the map shows first, degrees; by default what holds the events.
    limit : int
        More events than this are counted by cells of a grid, exactly, and the list has the newest 2,000; the page says
        so. They are filtered by type, status and time, in days, weeks, months or years.
    extras : Extras, optional
        What `EventMap` adds for layers of folium.

    Returns
    -------
    str
        A whole HTML document; encode it as UTF-8. The same input gives the same text. An empty result gives
        a page that says so.

    Raises
    ------
    geo.errors.OptionError
        There is no catalogue for `lang`, or the page's code was not bundled.
    """
    catalogue = words(lang)
    ontology = ontology or load()
    extras = extras or Extras()
    layers = counted(layers, limit)
    shown = focused(focus) if focus else view(layers)
    claims = claims_seen(layers, gaz, shown, as_of)
    made = base(gaz, shown, _areas(layers, claims))
    since = [row["since"] or "" for rows in claims for row in rows]
    listed, cells = aggregated(layers, parsed, catalogue["cell"], since)
    names = _names(gaz, cells.parsed if cells else parsed)
    data = page_data(listed, parsed, made, shown, catalogue, ontology, claims, names, cells)
    if control:
        data["control"] = control_data(control, made, shown)
    if tiles:
        data["tiles"] = online_tiles(tiles, extras, catalogue)
    elif extras.tiles:
        data["tiles"] = {"url": ""}
    facts = facts_of(
        layers, parsed, gaz, as_of, publisher, catalogue, cells, data["tiles"] if tiles else None
    )
    heading = title or title_of(parsed) or catalogue["untitled"]
    picture = static_map(made, shown, data, heading, facts["summary"])
    all_claims = [*data["claims"], *data["past"]]
    keys = legend(layers, all_claims, catalogue, ontology, len(data["claims"]), data.get("control"))
    rows = _tables(listed, layers["unplaced"], cells, catalogue, ontology)
    parts = _Parts(heading, facts, picture, keys, island(packed(data)), rows)
    return "\n".join([*_head(heading, lang, extras), *_body(parts, catalogue, extras), "</html>", ""])


def _tables(
    listed: Mapping[str, Layer],
    unplaced: Layer,
    cells: Cells | None,
    catalogue: dict[str, str],
    ontology: Ontology,
) -> list[str]:
    """Tables of the static twin: the events, and what could not be placed."""
    total, left = (cells.total, cells.unplaced) if cells else (None, None)
    return [
        markup.table(listed["events"], listed["reports"], catalogue, ontology, total),
        markup.unplaced_table(unplaced, catalogue, left),
    ]


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands in the body: texts that are to be escaped, and markup."""

    heading: str
    facts: Mapping[str, str]
    picture: str
    keys: str
    data: str
    rows: Sequence[str]


def _body(parts: _Parts, catalogue: Mapping[str, str], extras: Extras) -> list[str]:
    facts = parts.facts
    told = "" if extras.bare else f"{facts['summary']} {facts['dates']}"
    first, *others = (f"<script>{code}</script>" for code in _scripts(extras))
    return [
        '<body class="bare">' if extras.bare else "<body>",
        f'<a class="skip" href="#list">{esc(catalogue["skip"])}</a>',
        f'<header class="top">{said("h1", parts.heading)}<p>{esc(told)}</p>'
        f'<p id="face">{esc(facts["face"])}</p></header>',
        '<main class="frame">',
        '<div class="stage">',
        f'<p class="unseen" id="map-help">{esc(catalogue["map_help"])}</p>',
        '<div id="map"></div>',
        '<div id="time"></div>',
        f'<figure class="static">{parts.picture}</figure>',
        parts.keys,
        "</div>",
        f'<section id="list" tabindex="-1" aria-label="{esc(catalogue["events"])}"></section>',
        # The code comes before the table, which is only text where code runs: nobody builds or lays out its cells.
        f'<script type="application/json" id="data">{parts.data}</script>',
        first,
        f'<noscript><section class="static" aria-label="{esc(catalogue["table"])}"><div class="rows">',
        *parts.rows,
        "</div></section></noscript>",
        "</main>",
        extras.html,
        f'<footer class="foot"><p>{esc(facts["disclaimer"])}</p> <p>{esc(facts["attribution"])}</p>'
        f" {said('p', extras.note) if extras.note else ''}</footer>",
        *extras.links,
        *others,
        "</body>",
    ]


def _head(heading: str, lang: str, extras: Extras) -> list[str]:
    sheets = [bundle("page.css") + markup.family_css(), *extras.styles]
    allowed = esc(policy(_scripts(extras), sheets, extras.sources)).replace("&#x27;", "'")
    return [
        "<!doctype html>",
        f'<html lang="{esc(lang)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="generator" content="geodispatch">',  # geo.documents.made knows it by this
        f'<meta http-equiv="Content-Security-Policy" content="{allowed}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f'<meta name="referrer" content="{"strict-origin" if extras.sources else "no-referrer"}">',
        f"<title>{esc(heading)}</title>",
        *(f"<style>{sheet}</style>" for sheet in sheets),
        "</head>",
    ]


def _scripts(extras: Extras) -> list[str]:
    return [bundle(extras.code), *extras.scripts]


def _names(gaz: Atlas, parsed: Sequence[Parsed]) -> dict[str, str]:
    """Names of the countries that act or speak, by code."""
    events = [event for item in parsed for event in item.events]
    codes = {actor.side for event in events for actor in event.actors}
    codes |= {event.source.side for event in events if event.source}
    codes |= {report.source.side for event in events for report in event.reports if report.source}
    found = {}
    for code in sorted(filter(None, codes)):
        try:
            found[code] = gaz.get(f"iso:{code}").name
        except KeyError:  # a side that is no country
            continue
    return found


def _areas(layers: Mapping[str, Layer], claims: Claimed) -> list[str]:
    """Ids of all outlines that the map draws."""
    found = {row["region_id"] for rows in claims for row in rows}
    found |= {row["place_id"] for row in layers["events"].rows if row["is_area"]}
    if tally := layers["events"].tally:
        found |= {spot.id for spot in tally.spots if spot.is_area}
    found |= {row["id"] for row in layers["regions"].rows if row["events"]}
    return sorted(found)
