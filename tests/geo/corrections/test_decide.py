from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from gazetteer.types import Place
from geo.corrections import Correction, Corrections
from geo.types import Document, Mention

TOWN = Place("geonames:1", "Kherson", "city", "UA", "UA-65", 32.6, 46.6)
UNIT = Place("iso:UA-65", "Kherson Oblast", "admin1", "UA", "UA-65", 33.0, 46.5)
TEXT = "In Kherson it rained. The Kherson region was dry. New Kherson is no town. Kherson slept."
DOCUMENT = Document("in/a.txt", TEXT, source="https://www.paper.example/x")
SPANS = [3, 26, 54, 74]


def mention(at: int, end: int | None = None, **more: object) -> Mention:
    stop = at + 7 if end is None else end
    return Mention(at, stop, TEXT[at:stop], "literal", TEXT[at:stop].lower(), **more)  # type: ignore[arg-type]


FOUND = [mention(3), mention(26, kinds=("admin1", "region"), head="region"), mention(50, 61)]


def decide(*rows: Correction) -> tuple[Corrections, dict[int, str | None]]:
    corrections = Corrections(rows)
    mentions, known, refused = corrections.apply(DOCUMENT, FOUND)
    places = {mentions[i].start: row.place.id if row.place else None for i, row in known.items()}
    return corrections, {**places, **{m.start: None for m, _ in refused}}


def test_a_name_everywhere_also_where_it_was_not_found() -> None:
    corrections, decided = decide(Correction(2, "Kherson", TOWN))

    assert decided == {3: "geonames:1", 74: "geonames:1"}, "neither the region nor a longer name"
    assert corrections.report() == ["corrections: 1 of 1 corrections used, for 2 mentions"]


def test_no_place() -> None:
    mentions, known, refused = Corrections((Correction(2, "Kherson", None),)).apply(DOCUMENT, FOUND)

    assert [m.start for m in mentions] == [50]
    assert known == {}
    assert [m.start for m, _ in refused] == [3, 26, 74]


def test_the_narrower_row_wins() -> None:
    _, decided = decide(
        Correction(2, "Kherson", None),
        Correction(3, "Kherson", TOWN, document="a.txt"),
        Correction(4, "Kherson", UNIT, document="in/a.txt", span=(74, 81)),
        Correction(5, "Kherson", UNIT, quote="The Kherson region"),
    )

    assert decided == {3: "geonames:1", 26: "iso:UA-65", 74: "iso:UA-65"}


def test_sources_by_host_and_by_name() -> None:
    for source, hit in (("paper.example", True), ("www.paper.example", True), ("aper.example", False)):
        _, decided = decide(Correction(2, "Kherson", TOWN, source=source))
        assert bool(decided) is hit
    row = Correction(2, "Kherson", TOWN, source="the paper")
    assert row.covers(Document("b", TEXT, source="The Paper"))


def test_documents_by_the_end_of_their_path() -> None:
    row = Correction(2, "Kherson", TOWN, document="./a.txt")
    assert row.covers(DOCUMENT)
    assert not row.covers(Document("in/aa.txt", TEXT))


def test_rows_that_no_longer_fit_are_stale() -> None:
    corrections, decided = decide(
        Correction(2, "Odesa", TOWN, document="a.txt"),
        Correction(3, "Kherson", TOWN, document="a.txt", span=(4, 11)),
        Correction(4, "Kherson", TOWN, quote="Kherson"),
        Correction(5, "Lviv", TOWN),
        Correction(6, "Kherson", TOWN, document="b.txt"),
    )

    assert decided == {}
    assert corrections.report() == [
        "corrections: 0 of 5 corrections used, for 0 mentions",
        "corrections: unused: lines 5, 6",
        "corrections line 2: stale: 'Odesa' is not in in/a.txt",
        "corrections line 3: stale: characters 4-11 are not 'Kherson' in in/a.txt",
        "corrections line 4: stale: 'Kherson' stands more than once in in/a.txt",
    ]


def test_a_longer_name_replaces_what_was_found_inside() -> None:
    mentions, known, _ = Corrections((Correction(2, "rained. The Kherson", TOWN),)).apply(DOCUMENT, FOUND)

    assert [m.text for m in mentions] == ["Kherson", "rained. The Kherson", "New Kherson"]
    assert list(known) == [1]


@given(st.lists(st.tuples(st.integers(0, 80), st.integers(1, 9)), max_size=5), st.booleans())
def test_mentions_stay_in_order_and_apart(spans: list[tuple[int, int]], placed: bool) -> None:
    rows = tuple(
        Correction(n, TEXT[a : a + size], TOWN if placed else None, document="a.txt", span=(a, a + size))
        for n, (a, size) in enumerate(spans)
        if a + size <= len(TEXT)
    )
    mentions, known, refused = Corrections(rows).apply(DOCUMENT, FOUND)
    every = sorted([*mentions, *(m for m, _ in refused)], key=lambda m: m.start)

    assert all(a.end <= b.start for a, b in itertools.pairwise(every))
    assert mentions == sorted(mentions, key=lambda m: m.start)
    assert set(known) <= set(range(len(mentions)))
