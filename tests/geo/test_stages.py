"""Where a text comes from, and what a person decided, reach the resolver."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from geo.corrections import Correction, Corrections
from geo.errors import OptionError
from geo.pipeline import make_stages
from geo.types import Document
from tests.work import lines

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.types import Place


def origin(gaz: Gazetteer, text: str, **more: str) -> Place | None:
    stages = make_stages(gaz)
    document = Document("a", text, **more)  # type: ignore[arg-type]
    found: Place | None = stages.whence(document, stages.recogniser.find(document)).get("origin")
    return found


def test_a_dateline_comes_before_the_outlet(gaz: Gazetteer) -> None:
    home = {"url": "https://www.bangkokpost.com/1"}

    found = origin(gaz, "NAIROBI, Kenya (Agency) — It rained.", **home)
    assert found is not None
    assert (found.name, found.country) == ("Nairobi", "KE")
    fallback = origin(gaz, "It rained in Nairobi.", **home)
    assert fallback is not None
    assert fallback.id == "iso:TH"
    assert origin(gaz, "It rained in Nairobi.") is None


def test_an_uncertain_dateline_is_no_home(gaz: Gazetteer) -> None:
    assert origin(gaz, "SPRINGFIELD — It rained.") is None


def test_a_dateline_of_many_namesakes_is_no_home_by_itself(gaz: Gazetteer) -> None:
    assert origin(gaz, "LONDON — It rained.") is None
    told = origin(gaz, "LONDON, England — It rained.")
    assert told is not None
    assert told.country == "GB"


def test_the_outlet_is_a_prior(gaz: Gazetteer) -> None:
    stages = make_stages(gaz)
    text = "The council of Springfield met on Monday."
    homes = {
        host: stages.places(Document("a", text, url=f"https://{host}/1"))[0].place
        for host in ("sj-r.com", "masslive.com")
    }

    assert {host: place and place.admin1 for host, place in homes.items()} == {
        "sj-r.com": "US-IL",
        "masslive.com": "US-MA",
    }


def test_the_town_of_a_local_paper_is_meant_before_its_namesakes(gaz: Gazetteer) -> None:
    stages = make_stages(gaz)
    text = "Police in Paris closed a road on Monday, and the fire chief of Paris thanked them."

    def units(**home: str) -> set[str | None]:
        found = stages.places(Document("a", text, **home))  # type: ignore[arg-type]
        return {item.place.admin1 if item.place else None for item in found if item.mention.text == "Paris"}

    assert units(url="https://theparisnews.com/1") == {"US-TX"}
    assert units(source="The Paris News") == {"US-TX"}
    assert units() == {"FR-IDF"}


def test_neighbours_of_the_home_come_before_namesakes_far_away(gaz: Gazetteer) -> None:
    text = "The council of Auburn met on Monday."
    homes = {
        host: make_stages(gaz).places(Document("a", text, url=f"https://{host}/1"))[0].place
        for host in ("sunjournal.com", "thenewstribune.com")
    }

    assert {host: place and place.admin1 for host, place in homes.items()} == {
        "sunjournal.com": "US-ME",
        "thenewstribune.com": "US-WA",
    }


def test_it_is_no_filter(gaz: Gazetteer) -> None:
    [found] = make_stages(gaz).places(Document("a", "It rained in Paris.", url="https://www.nj.com/1"))

    assert found.place is not None
    assert found.place.country == "FR"


def test_the_others_are_seen_in_the_light_of_a_correction(gaz: Gazetteer) -> None:
    text = "Lagos was quiet. Faro was quiet too."
    portuguese = gaz.search("Lagos", country="PT")[0].place
    plain = make_stages(gaz).places(Document("a", text))
    corrections = Corrections((Correction(2, "Lagos", portuguese),))
    corrected = make_stages(gaz, corrections=corrections).places(Document("a", text))

    assert plain[0].place is not None
    assert plain[0].place.country == "NG"
    assert corrected[0].place == portuguese
    assert corrected[0].score == 1
    assert corrected[1].place is not None
    assert corrected[1].place.country == "PT"


def test_a_correction_beats_the_least_score(gaz: Gazetteer) -> None:
    corrections = Corrections((Correction(2, "Reading", gaz.get("iso:GB")),))
    stages = make_stages(gaz, corrections=corrections, min_score=1.0)

    assert [r.place and r.place.id for r in stages.places(Document("a", "He lives in Reading."))] == [
        "iso:GB"
    ]


def test_unknown_home(gaz: Gazetteer) -> None:
    with pytest.raises(OptionError, match="no place has the id 'nowhere'"):
        make_stages(gaz, near="nowhere")


@pytest.mark.parametrize(
    "piece",
    [
        "said ",
        '"',
        "“",
        "— ",
        ", ",
        ". ",
        "x\n",
        "a",
        "Monday ",
        "5 May 2014 ",
        "killed 123 456 789 12 ",
        "killed two hundred and ",
        "killed ",
        "Paris, Goma, Kyiv, ",
        "rebels shelled the town of Goma and the army said that Paris fell , ",
    ],
)
def test_a_text_of_one_thing_over_and_over_costs_no_more_than_its_length(gaz: Gazetteer, piece: str) -> None:
    stages = make_stages(gaz)
    stages.parse(Document("warm", piece * 20))
    short, long = (
        lines(partial(stages.parse, Document("a", piece * (size // len(piece))))) for size in (2_500, 10_000)
    )
    assert long < 8 * short  # 4 times the text; 16 if it grew with the square


def test_the_town_in_the_name_of_an_unknown_outlet_speaks_with_the_places_of_the_text(gaz: Gazetteer) -> None:
    stages = make_stages(gaz)
    text = "Officers from Oakland drove to Kansas on Monday."

    def units(**more: str) -> list[str | None]:
        found = stages.places(Document("a", text, **more))  # type: ignore[arg-type]
        return [r.place.admin1 if r.place else None for r in found]

    assert units(source="The Chrisman Leader") == ["US-IL", "US-IL"]  # Chrisman lies between the two
    assert units(source="The Daily Leader") == units() == ["US-CA", "US-KS"]


def test_the_name_of_an_outlet_says_nothing_alone(gaz: Gazetteer) -> None:
    stages = make_stages(gaz)
    document = Document("a", "It rained in Paris.", source="The Paris Weekly Leader")

    assert stages.whence(document, []) == {"outlet": ("paris",)}
    assert stages.places(document)[0].place == stages.places(Document("a", document.text))[0].place


def test_numbers_and_bodies_tell_the_region(gaz: Gazetteer) -> None:
    stages = make_stages(gaz)

    def unit(text: str) -> str | None:
        place = stages.places(Document("a", text))[-1].place
        return place.admin1 if place else None

    assert unit("Anyone who saw the fire in Springfield may call 217-555-0100.") == "US-IL"
    assert unit("Anyone who saw the fire in Springfield may call 413-555-0100.") == "US-MA"
    assert unit("The Oregon State Police said the fire in Springfield was set.") == "US-OR"


def test_a_patrol_is_that_of_its_state(gaz: Gazetteer) -> None:
    found = make_stages(gaz).places(Document("a", "The Georgia State Patrol sent troopers to Rome."))
    assert [r.place.admin1 if r.place else None for r in found] == ["US-GA", "US-GA"]
