"""The page: one HTML file with its code, style, data and a static twin, and a policy that forbids the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.layers.tally import KEPT
from geo.ontology import load
from geo.render import markup
from geo.render.base import base
from geo.render.cells import LIMIT, aggregated, counted
from geo.render.control import control_data
from geo.render.data import page_data
from geo.render.island import island, packed
from geo.render.legend import legend
from geo.render.markup import esc, said
from geo.render.shell import Extras, bundle, policy
from geo.render.svg import static_map
from geo.render.through import claims_seen
from geo.render.tiles import online_tiles
from geo.render.view import focused, view
from geo.render.words import counted as in_words
from geo.render.words import day, viewpoint_text, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from geo.layers.atlas import Atlas
    from geo.layers.layer import Layer
    from geo.ontology import Ontology
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
    facts = _facts(layers, parsed, gaz, as_of, publisher, catalogue)
    if control:
        data["control"] = control_data(control, made, shown)
    if tiles:
        data["tiles"] = online_tiles(tiles, extras, catalogue)
        facts["face"] += f" · {data['tiles']['attribution']}"
    elif extras.tiles:
        data["tiles"] = {"url": ""}
    heading = title or _title(parsed) or catalogue["untitled"]
    picture = static_map(made, shown, data, heading, facts["summary"])
    told = f"{facts['summary']} {facts['dates']}"
    if cells:
        unit = catalogue[f"unit.{cells.periods.unit}"]
        known = {"total": cells.total, "side": f"{cells.side:g}", "unit": unit, "n": min(KEPT, cells.total)}
        note = catalogue["cells"].format(**known)
        facts["face"] += f" · {note}"
    rows = [
        markup.table(
            listed["events"], listed["reports"], catalogue, ontology, cells.total if cells else None
        ),
        markup.unplaced_table(layers["unplaced"], catalogue, cells.unplaced if cells else None),
    ]
    keys = legend(
        layers,
        [*data["claims"], *data["past"]],
        catalogue,
        ontology,
        len(data["claims"]),
        data.get("control"),
    )
    parts = _Parts(heading, told, facts, picture, keys, island(packed(data)), rows)
    return "\n".join([*_head(heading, lang, extras), *_body(parts, catalogue, extras), "</html>", ""])


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands in the body: texts that are to be escaped, and markup."""

    heading: str
    told: str
    facts: Mapping[str, str]
    picture: str
    keys: str
    data: str
    rows: Sequence[str]


def _body(parts: _Parts, catalogue: Mapping[str, str], extras: Extras) -> list[str]:
    facts = parts.facts
    first, *others = (f"<script>{code}</script>" for code in _scripts(extras))
    return [
        '<body class="bare">' if extras.bare else "<body>",
        f'<a class="skip" href="#list">{esc(catalogue["skip"])}</a>',
        f'<header class="top">{said("h1", parts.heading)}<p>{"" if extras.bare else esc(parts.told)}</p>'
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
        # The code comes before the table, so that where it runs nobody lays the table out.
        f'<script type="application/json" id="data">{parts.data}</script>',
        first,
        f'<section class="static" aria-label="{esc(catalogue["table"])}"><div class="rows">',
        *parts.rows,
        "</div></section>",
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
        f'<meta http-equiv="Content-Security-Policy" content="{allowed}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        f'<meta name="referrer" content="{"strict-origin" if extras.sources else "no-referrer"}">',
        '<meta name="generator" content="geodispatch">',
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


def _title(parsed: Sequence[Parsed]) -> str | None:
    return parsed[0].document.title if len(parsed) == 1 else None


def _facts(
    layers: Mapping[str, Layer],
    parsed: Sequence[Parsed],
    gaz: Atlas,
    as_of: date | None,
    publisher: str | None,
    catalogue: dict[str, str],
) -> dict[str, str]:
    """Sentences of the frame: what is shown, as of when, from which viewpoint, whose data."""
    info = gaz.info()
    events, places = _numbers(layers)
    dates = sorted(item.document.date.isoformat() for item in parsed if item.document.date)
    shown_day = as_of.isoformat() if as_of else next((row["as_of"] for row in layers["claims"].rows), None)
    shown_day = shown_day or (dates[-1] if dates else None)
    return {
        "summary": catalogue["summary"].format(
            events=in_words("event", events, catalogue),
            places=in_words("place", places, catalogue),
            documents=in_words("document", len(parsed), catalogue),
            unplaced=tally.unplaced if (tally := layers["events"].tally) else len(layers["unplaced"]),
        ),
        "dates": _dates(dates, catalogue),
        "face": " · ".join(
            [
                *([_of_day(shown_day, catalogue)] if shown_day or layers["claims"].rows else []),
                viewpoint_text(gaz.viewpoint, catalogue),
                catalogue["boundaries"].format(source=_boundary_source(info)),
            ]
        ),
        "disclaimer": catalogue["disclaimer"].format(publisher=publisher or catalogue["publisher"]),
        "attribution": catalogue["attribution"].format(text=info.get("attribution", "")),
    }


def _numbers(layers: Mapping[str, Layer]) -> tuple[int, int]:
    """How many different events there are, and places that have some."""
    if tally := layers["events"].tally:
        return tally.total, len({spot.id for spot in tally.spots})
    rows = layers["events"].rows
    return len({row["id"] for row in rows}), len({row["place_id"] for row in rows if row["place_id"]})


def _of_day(shown_day: str | None, catalogue: dict[str, str]) -> str:
    return catalogue["as_of"].format(date=day(shown_day, catalogue)) if shown_day else catalogue["as_of_all"]


def _dates(dates: list[str], catalogue: dict[str, str]) -> str:
    if not dates:
        return catalogue["dates_none"] + "."
    if dates[0] == dates[-1]:
        return catalogue["date_one"].format(start=day(dates[0], catalogue)) + "."
    return catalogue["dates"].format(start=day(dates[0], catalogue), end=day(dates[-1], catalogue)) + "."


def _boundary_source(info: Mapping[str, Any]) -> str:
    """Where the outlines come from, in a few words: the part of the attribution about them."""
    found = re.search(r"Outlines: ([^.]*)\.", str(info.get("attribution", "")))
    return found[1] if found else "Natural Earth"
