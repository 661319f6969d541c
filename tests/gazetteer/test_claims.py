import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import claims
from gazetteer.errors import SourceError
from gazetteer.sources import relations
from gazetteer.types import Act, Claim


@pytest.fixture(scope="module")
def known():
    return tuple(relations.claims())


def make(**changes):
    values = {
        "id": "k",
        "territory": "Kherson Oblast",
        "regions": ("iso:UA-65",),
        "claimant": "Russia",
        "claimant_code": "RU",
        "kind": "annexation",
        "label": "admission",
        "start": "2022-09-30",
        "end": "",
        "basis": "accession treaty signed",
        "proxy": True,
        "note": "",
        "source": "test",
    }
    return Claim(**(values | changes))


def test_six_claims_of_russia_in_october_2022(known):
    standing = claims.select(known, "2022-10-13", claimant="RU")
    assert {region for claim in standing for region in claim.regions} == {
        "iso:UA-43",
        "iso:UA-40",
        "iso:UA-14",
        "iso:UA-09",
        "iso:UA-65",
        "iso:UA-23",
    }
    assert {claim.start for claim in standing} == {"2014-03-18", "2022-09-30"}


@pytest.mark.parametrize(
    ("day", "count"), [("2014-03-17", 0), ("2014-03-18", 2), ("2022-09-29", 2), ("2022-09-30", 6)]
)
def test_a_claim_starts_on_its_constitutive_act(known, day, count):
    assert len(claims.select(known, day, claimant="RU")) == count


def test_earlier_acts_stand_in_the_chain_and_start_nothing(known):
    assert claims.select(known, "2022-09-29", region="iso:UA-14") == ()
    (donetsk,) = claims.select(known, "2022-10-01", region="iso:UA-14")
    earlier = [(act.date, act.kind) for act in donetsk.acts if act.date < donetsk.start]
    assert ("2014-05-12", "declaration") in earlier
    assert ("2022-02-21", "recognition") in earlier


@pytest.mark.parametrize(
    ("day", "units"),
    [
        ("2014-01-01", set()),
        ("2014-04-01", {"iso:UA-43", "iso:UA-40"}),
        ("2022-09-29", {"iso:UA-43", "iso:UA-40"}),
        ("2022-10-13", {"iso:UA-43", "iso:UA-40", "iso:UA-14", "iso:UA-09", "iso:UA-65", "iso:UA-23"}),
    ],
)
def test_what_is_claimed_of_ukraine_on_a_day(known, day, units):
    claimed = {region for claim in claims.select(known, day) for region in claim.regions}
    assert {region for region in claimed if region.startswith("iso:UA-")} == units


def test_select_without_a_day_keeps_ended_claims(known):
    assert claims.select(known) == tuple(sorted(known, key=lambda claim: (claim.start, claim.id)))
    assert any(claim.end for claim in claims.select(known))
    assert claims.select([]) == ()


def test_conflicting_figures_stand_side_by_side(known):
    kherson = next(claim for claim in known if claim.id == "kherson-ru-2022")
    votes = [act.figures for act in kherson.acts if act.date == "2022-10-12"]
    assert len(votes) == 2
    assert any("35 abstentions" in text for text in votes)
    assert any("33 abstentions" in text for text in votes)
    assert [act.date for act in kherson.acts if "independence" in act.title] == ["2022-09-29", "2022-09-30"]


def test_at_least_eighteen_territories_and_every_source_is_stated(known):
    assert len({claim.territory for claim in known}) >= 18
    assert all(claim.source and all(act.source for act in claim.acts) for claim in known)
    assert all(claim.note for claim in known if claim.proxy)


def test_acts_are_in_order_and_hold_the_start(known):
    for claim in known:
        dates = [act.date for act in claim.acts]
        assert dates == sorted(dates)
        assert claim.start in dates


def test_legend_says_claimed():
    assert claims.legend(make()) == "claimed by Russia since 2022-09-30 (accession treaty signed)"
    assert (
        claims.legend(make(end="2023-01-01", basis="")) == "claimed by Russia from 2022-09-30 to 2023-01-01"
    )


def test_rows_one_per_region_and_none_dropped(known):
    rows = claims.claims_rows(known)
    assert len(rows) == sum(max(1, len(claim.regions)) for claim in known)
    assert all(tuple(row) == claims.COLUMNS for row in rows)
    assert claims.claims_rows([make(regions=())])[0]["region"] is None


def test_acts_text_has_one_line_per_act():
    acts = (
        Act("2022-09-30", "treaty", "Russia", "signed", "s"),
        Act("2022-10-12", "response", "UN", "vote", "s", "143"),
    )
    assert claims.acts_text(make(acts=acts)) == "2022-09-30 Russia: signed\n2022-10-12 UN: vote (143)"
    assert claims.acts_text(make()) == ""


def test_frame_has_outlines_where_there_are_any():
    from shapely.geometry import box

    frame = claims.claims_frame([make(), make(id="m", regions=())], lambda region: box(32, 46, 35, 47))
    assert list(frame.columns) == [*claims.COLUMNS, "geometry"]
    assert frame.crs.to_epsg() == 4326
    assert [shape is None for shape in frame.geometry] == [False, True]
    empty = claims.claims_frame([], lambda region: None)
    assert list(empty.columns) == list(frame.columns)
    assert len(empty) == 0


def test_json_round_trip_of_the_tables(known):
    assert tuple(claims.from_json(json.loads(json.dumps(claims.to_json(known))))) == known


@given(st.builds(make, note=st.text(), end=st.sampled_from(["", "2023-01-01"]), regions=st.tuples(st.text())))
def test_json_round_trip(claim):
    assert claims.from_json(json.loads(json.dumps(claims.to_json([claim])))) == [claim]


HEADER = ",".join(relations.CLAIM_COLUMNS)
GOOD = "k,Kherson,iso:UA-65,Russia,RU,annexation,,2022-09-30,,treaty,yes,,own knowledge"
ACT = "k,2022-09-30,treaty,Russia,signed,,own knowledge"


@pytest.mark.parametrize(
    ("claim", "act", "message"),
    [
        (GOOD.replace("annexation", "theft"), ACT, r"claims\.csv, line 2: unknown kind of claim"),
        (GOOD.replace(",yes,", ",maybe,"), ACT, "proxy is neither yes nor no"),
        (GOOD.replace("2022-09-30", "30.9.2022"), ACT, "start is malformed"),
        (GOOD.replace("30,,treaty", "30,2021-01-01,treaty"), ACT, "before it starts"),
        (GOOD.replace("iso:UA-65", "Kherson"), ACT, "regions holds no id"),
        (GOOD, ACT.replace("treaty", "handshake"), r"acts\.csv, line 2: unknown kind of act"),
        (GOOD, ACT.replace("2022-09-30", "2022-10-05"), "the constitutive act is missing"),
        (GOOD, ACT + "\n" + ACT.replace("k,", "unknown,", 1), "there is no claim 'unknown'"),
    ],
)
def test_bad_claims_and_acts_are_refused(tmp_path, claim, act, message):
    (tmp_path / "claims.csv").write_text(f"{HEADER}\n{claim}\n", encoding="utf-8")
    (tmp_path / "acts.csv").write_text(
        f"claim,date,kind,actor,title,figures,source\n{act}\n", encoding="utf-8"
    )
    with pytest.raises(SourceError, match=message):
        relations.claims(tmp_path)
