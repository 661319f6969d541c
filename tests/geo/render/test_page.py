"""The page as text: one file, one policy, no text that HTML or a template could read as its own."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import OptionError
from geo.layers import build
from geo.ontology import load
from geo.render.island import clean
from geo.render.page import page
from geo.render.shell import bundle
from geo.render.view import WORLD, view
from geo.render.words import counted, words
from geo.types import EventPlace
from tests.geo.layers.sample import EVENTS, PLACES, FakeGazetteer, event, mention, parsed
from tests.geo.render.hostile import PAYLOADS, document

if TYPE_CHECKING:
    from geo.types import Parsed

GAZ = FakeGazetteer()
ALLOWED = {
    *(
        "html",
        "head",
        "noscript",
        "meta",
        "title",
        "style",
        "body",
        "a",
        "header",
        "h1",
        "h2",
        "p",
        "main",
        "div",
        "section",
    ),
    *(
        "figure",
        "svg",
        "desc",
        "defs",
        "pattern",
        "line",
        "path",
        "g",
        "use",
        "rect",
        "circle",
        "text",
        "details",
    ),
    *("summary", "span", "bdi", "table", "caption", "thead", "tbody", "tr", "th", "td", "footer", "script"),
}


def made(documents: list[Parsed] | None = None, events: Any = EVENTS, **options: Any) -> str:
    documents = [parsed()] if documents is None else documents
    layers = build(documents, events, GAZ, as_of=options.get("as_of"))
    return page(layers, documents, GAZ, **options)


class Reader(HTMLParser):
    """Elements, attributes and the data island of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] not in {"script", "style"}:
            self.texts.append(data)


def data_of(text: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_same_input_same_bytes() -> None:
    assert made(title="x") == made(title="x")


def test_nothing_in_the_page_points_outside() -> None:
    for _, attributes in Reader(made()).elements:
        for name in ("src", "href", "action", "data", "poster", "srcset"):
            value = attributes.get(name)
            assert value is None or value.startswith("#"), (name, value)
        assert not any(name.startswith("on") or name == "style" for name in attributes)


def test_the_policy_allows_exactly_this_code_and_style() -> None:
    text = made()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    for element, directive in (("script", "script-src"), ("style", "style-src")):
        inline = re.findall(rf"<{element}>(.*?)</{element}>", text, re.DOTALL)
        assert len(inline) == 1
        digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy[1]


def test_frame_names_day_viewpoint_boundaries_and_publisher() -> None:
    text = " ".join(Reader(made(publisher="The Publisher", title="T")).texts)
    assert "Claims as of 13 October 2022" in text
    assert "Internationally recognised borders" in text
    assert "Boundaries: " in text
    assert "acceptance by The Publisher" in text
    assert "Invented data" in text
    assert "claimed by Bree since 2014-03-18 (treaty signed)" in text


def test_without_any_date_the_page_says_that_all_claims_are_drawn() -> None:
    text = " ".join(Reader(made([parsed(dated=False)])).texts)
    assert "All known claims, whatever their date" in text


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2014, 1, 1), []),
        (date(2014, 4, 1), ["one"]),
        (date(2022, 9, 29), ["one"]),
        (date(2022, 10, 13), ["one", "two"]),
    ],
)
def test_claims_of_the_day(as_of: date, expected: list[str]) -> None:
    text = made(as_of=as_of)
    assert [claim["id"] for claim in data_of(text)["claims"]] == expected
    assert text.count('fill="url(#c0)"') == len(expected)


def test_static_twin_has_map_and_table() -> None:
    text = made()
    tags = [name for name, _ in Reader(text).elements]
    assert "svg" in tags
    assert tags.count("tbody") == 2
    assert text.count("<tr>") == 2 + 4 + 2  # heads, events, not placed
    assert "The first 4 of 4 events." in text


def test_the_table_stops_at_2000_rows_and_says_so() -> None:
    many = [event(f"e{n}", "clash", places=(("at", "t:1"),)) for n in range(2100)]
    text = made(events=many)
    assert "The first 2000 of 2100 events." in text
    assert text.count("<td>Clash</td>") == 2000
    assert len(data_of(text)["events"]["id"]) == 2100
    assert data_of(text)["events"]["status"] == {"all": "happened", "n": 2100}


def test_an_empty_result_says_so() -> None:
    text = made([], [])
    assert "No event was found in these texts." in text
    assert "Map of events" in text


def test_the_only_document_gives_the_title() -> None:
    assert "<title>A dispatch</title>" in made()
    assert "<title>Mine</title>" in made(title="Mine")


def test_one_document_is_no_documents() -> None:
    assert "4 events at 3 places from 1 document; " in made()
    assert "from 2 documents; " in made([parsed(), parsed()])
    uk = words("uk")
    assert [counted("event", n, uk) for n in (1, 2, 5, 11, 13, 21, 104)] == [
        *("1 подія", "2 події", "5 подій", "11 подій", "13 подій", "21 подія", "104 події")
    ]


def test_catalogues_have_the_same_words() -> None:
    own = {key for key in words("uk") if key.startswith(("type.", "claimed_"))}  # in English data has them
    assert words("en").keys() == words("uk").keys() - own
    assert {f"type.{name}" for name in load().types} <= words("uk").keys()


def test_far_claims_are_in_no_legend() -> None:
    far = event("f1", "clash", places=(("at", "t:9"),))
    text = made(events=[far, *EVENTS, *(replace(EVENTS[0], id=f"n{n}") for n in range(9))])
    assert [claim["id"] for claim in data_of(text)["claims"]] == ["one", "two"]
    alone = [replace(parsed(), resolutions=())]
    assert [claim["id"] for claim in data_of(made(alone, [far]))["claims"]] == []


def test_past_claims_travel_with_their_dates_and_stay_hidden() -> None:
    text = made()
    data = data_of(text)
    assert [(c["id"], c["start"], c["end"], c["line"]) for c in data["past"]] == [
        ("old", "1990-01-01", "2000-12-31", "recognised")
    ]
    assert text.count(" data-past hidden") == 2  # its key, and the line that says that there is none
    assert data_of(made([parsed(dated=False)]))["past"] == []
    assert data_of(made(as_of=date(1980, 1, 1)))["past"] == []


def test_equal_mentions_are_kept_once() -> None:
    base = parsed()
    found = [
        replace(event(f"w{n}", "clash", places=(), text=f"{n}"), places=(EventPlace("at", PLACES["t:1"], n),))
        for n in (0, 1)
    ]
    data = data_of(made([replace(base, events=tuple(found))], found))
    assert data["why"]["of"] == [[0, 1], [0, 0], [-1, -1]]
    assert len(data["why"]["mentions"]) == 1


def test_language_of_the_interface() -> None:
    text = made(lang="uk")
    assert '<html lang="uk">' in text
    assert "Легенда" in text
    with pytest.raises(OptionError):
        made(lang="tlh")


def test_missing_bundle_says_what_to_do() -> None:
    with pytest.raises(OptionError, match="pip install"):
        bundle("nothing.js")


def test_the_licence_of_leaflet_is_kept() -> None:
    assert "Copyright (c) 2010-2023, Volodymyr Agafonkin" in bundle("page.js")


def test_the_shell_is_small() -> None:
    assert len(gzip.compress(made([], []).encode(), 9)) < 60_000


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_text_stays_text(payload: str) -> None:
    documents, events, gaz, options = document(payload)
    layers = build(documents, events, gaz)
    text = page(layers, documents, gaz, **options)
    text.encode("utf-8")
    reader = Reader(text)
    assert {name for name, _ in reader.elements} <= ALLOWED
    scripts = [attributes for name, attributes in reader.elements if name == "script"]
    assert scripts == [{"type": "application/json", "id": "data"}, {}]
    for name, attributes in reader.elements:
        assert not any(key.startswith("on") or key == "style" for key in attributes), name
    shown = clean(payload)
    assert f"claimed by {shown} since 2014-03-18 ({shown})" in data_of(text)["claims"][0]["legend"]
    title = [a for a, b in zip(reader.elements, reader.elements[1:], strict=False) if b[0] == "style"]
    assert title[0][0] == "title"
    assert shown.strip() in "".join(reader.texts)
    assert "49" not in shown
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


def test_a_far_event_does_not_stretch_the_view() -> None:
    near = [event(f"e{n}", "clash", places=(("at", f"t:{1 + n % 3}"),)) for n in range(16)]
    far = event("far", "diplomacy", places=(("at", "t:9"),))
    documents = [replace(parsed(), resolutions=(mention(0, "Oldport", "t:1"),))]
    layers = build(documents, [*near, far], GAZ)
    shown = view(layers)
    assert shown.focus[2] < 20
    assert shown.outside == 1
    assert view(build([], [], GAZ)).focus == WORLD


def test_an_event_at_two_places_is_one_event_with_both() -> None:
    data = data_of(made())
    number = data["events"]["id"].index("e3")
    names = [data["places"]["name"][place] for place in data["events"]["places"][number]]
    assert names == ["West Arla", "East Arla"]


def test_unknown_types_are_drawn_plainly() -> None:
    data = data_of(made(events=[event("e", "brand_new", places=(("at", "t:1"),))]))
    assert data["types"] == [
        {
            "name": "brand_new",
            "label": "Brand new",
            "family": "other",
            "shape": "circle",
            "glyph": data["types"][0]["glyph"],
        }
    ]
