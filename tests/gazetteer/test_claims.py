import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import claims
from gazetteer.errors import SourceError
from gazetteer.sources import relations
from gazetteer.types import Act, Claim

HEADER = ",".join(relations.CLAIM_COLUMNS)
GOOD = "k,Kherson,iso:UA-65,Russia,RU,annexation,,2022-09-30,,treaty,yes,,own knowledge"
ACTS = "claim,date,kind,actor,title,figures,source"
ACT = "k,2022-09-30,treaty,Russia,signed,,own knowledge"


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
    assert list(frame.columns) == [*claims.COLUMNS, "shown_under", "geometry"]
    assert frame.crs.to_epsg() == 4326
    assert [shape is None for shape in frame.geometry] == [False, True]
    empty = claims.claims_frame([], lambda region: None)
    assert list(empty.columns) == list(frame.columns)
    assert len(empty) == 0


def test_json_round_trip_of_the_tables(known):
    assert tuple(claims.from_json(json.loads(json.dumps(claims.to_json(known))))) == known


# -- test points, control, recognition ------------------------------------------------------------------


@pytest.fixture(scope="module")
def probes():
    return relations.probes()


def test_every_claim_has_points_inside_and_outside(known, probes):
    for side in (True, False):
        assert {probe.claim for probe in probes if probe.inside is side} == {claim.id for claim in known}


@pytest.mark.parametrize("when", ["start", "end"])
def test_points_lie_in_and_out_of_what_is_drawn_while_the_claim_stands(gaz, known, probes, when):
    from shapely import Point

    dates = {claim.id: claim.start if when == "start" else claim.end or "2026-01-01" for claim in known}
    frames = {day: gaz.claims(day) for day in sorted(set(dates.values()))}
    wrong = []
    for probe in probes:
        rows = frames[dates[probe.claim]]
        shapes = rows[rows["id"] == probe.claim].geometry
        assert len(shapes)
        if any(shape.contains(Point(probe.lon, probe.lat)) for shape in shapes) != probe.inside:
            wrong.append(probe)
    assert wrong == []


def test_nothing_is_drawn_before_the_start_and_after_the_end(gaz, known):
    for claim in known:
        year, rest = int(claim.start[:4]), claim.start[4:]
        assert claim.id not in set(gaz.claims(f"{year - 1:04}{rest}")["id"])
        if claim.end:
            assert claim.id not in set(gaz.claims("2026-01-01")["id"])


def test_every_claim_has_an_outline_and_a_proxy_says_what_it_stands_for(gaz, known):
    frame = gaz.claims()
    assert not frame.geometry.isna().any()
    assert frame.geometry.is_valid.all()
    assert (frame[frame["proxy"]]["note"] != "").all()


def test_control_is_dated_sourced_and_apart_from_claims(gaz, known):
    records = gaz.control_records()
    assert len({record.territory for record in records}) >= 18
    assert all(record.source and record.basis for record in records)
    assert all(record.note for record in records if record.proxy)
    assert {claim.territory for claim in known} - {record.territory for record in records} <= {
        "Palestine",
        "South China Sea within the nine-dash line",
    }


@pytest.mark.parametrize(
    ("day", "region", "controllers"),
    [
        ("2014-02-01", "iso:UA-43", {"UA"}),
        ("2014-03-01", "iso:UA-43", {"RU"}),  # three weeks before the claim
        ("2022-10-13", "iso:UA-65", {"RU"}),
        ("2022-12-01", "iso:UA-65", {"RU", "UA"}),
        ("2020-01-01", "cur:nagorno-karabakh", {None}),
        ("2024-01-01", "cur:nagorno-karabakh", {"AZ"}),
        ("1982-05-01", "iso:FK", {"AR"}),
        ("1990-01-01", "iso:FK", {"GB"}),
        ("2000-01-01", "cur:guayana-esequiba", {"GY"}),
    ],
)
def test_who_held_what_on_a_day(gaz, day, region, controllers):
    held = claims.select_control(gaz.control_records(day), region=region)
    assert {record.controller_code for record in held} == controllers


def test_control_as_a_frame(gaz):
    frame = gaz.control("2022-10-13", viewpoint="RU")
    assert list(frame.columns) == [*claims.CONTROL_COLUMNS, "shown_under", "geometry"]
    assert frame.attrs["viewpoint"] == "RU"
    assert not frame.geometry.isna().any()
    crimea = frame[frame["id"] == "crimea-ru-2014"].iloc[0]
    assert (crimea["controller"], crimea["shown_under"], crimea["kind"]) == ("Russia", "RU", "military")


def test_recognition_has_a_start_and_an_end(gaz, known):
    rows = gaz.recognition()
    assert all(row.source for row in rows)
    assert {row.claim for row in rows} <= {claim.id for claim in known}
    tuvalu = gaz.recognition(claim="abkhazia-1999", state="TV")
    assert [(row.start, row.end) for row in tuvalu] == [("2011-09", "2014")]
    assert gaz.recognition("2012-06-01", state="Tuvalu")
    assert not gaz.recognition("2015-01-01", state="Tuvalu")
    assert {row.code for row in gaz.recognition("2020-01-01", claim="northern-cyprus-1983")} == {"TR"}
    assert {row.code for row in gaz.recognition("2019-01-01", claim="abkhazia-1999")} == {
        "RU",
        "NI",
        "VE",
        "NR",
        "SY",
    }


def test_votes_of_the_united_nations_have_their_figures(known):
    votes = {
        act.title.split(":")[0].split(",")[0]: act.figures
        for claim in known
        for act in claim.acts
        if act.kind == "response" and act.actor.startswith("UN ")
    }
    assert votes["Resolution 68/262"].startswith("100 for, 11 against")
    assert votes["Resolution 497"] == "15 for, 0 against"
    assert sum(bool(figures) for figures in votes.values()) >= 25


def test_relations_json_round_trip():
    controls, rows = relations.controls(), relations.recognitions()
    text = json.dumps(claims.relations_to_json(controls, rows))
    assert claims.relations_from_json(json.loads(text)) == (controls, rows)


CONTROL = "x,X,iso:UA-65,Russia,RU,military,,2022-02-24,,part,invasion,yes,note,own knowledge"
RECOGNITION = "k,Turkey,TR,statehood,1983-11-15,,,own knowledge"


@pytest.mark.parametrize(
    ("name", "row", "message"),
    [
        ("control", CONTROL.replace("part", "some"), r"control\.csv, line 2: extent is 'some'"),
        ("control", CONTROL.replace("military", "rule"), "kind is 'rule'"),
        ("control", CONTROL.replace("24,,part", "24,2021,part"), "ends 2021 before it starts"),
        ("control", CONTROL + "\n" + CONTROL, "stands twice"),
        ("recognition", RECOGNITION.replace("k,", "y,", 1), "there is no claim 'y'"),
        ("recognition", RECOGNITION.replace("statehood", ""), "recognised is empty"),
        ("recognition", RECOGNITION + "\n" + RECOGNITION, "twice from one day"),
        ("claim_points", "k,beside,1,1,here,own knowledge", "side is 'beside'"),
    ],
)
def test_bad_relations_are_refused(tmp_path, name, row, message):
    header = {
        "control": ",".join(relations.CONTROL_COLUMNS),
        "recognition": ",".join(relations.RECOGNITION_COLUMNS),
        "claim_points": "claim,side,lon,lat,name,source",
    }
    (tmp_path / "claims.csv").write_text(f"{HEADER}\n{GOOD}\n", encoding="utf-8")
    (tmp_path / "acts.csv").write_text(f"{ACTS}\n{ACT}\n", encoding="utf-8")
    (tmp_path / f"{name}.csv").write_text(f"{header[name]}\n{row}\n", encoding="utf-8")
    read = {
        "control": relations.controls,
        "recognition": relations.recognitions,
        "claim_points": relations.probes,
    }
    with pytest.raises(SourceError, match=message):
        read[name](tmp_path)


@given(st.builds(make, note=st.text(), end=st.sampled_from(["", "2023-01-01"]), regions=st.tuples(st.text())))
def test_json_round_trip(claim):
    assert claims.from_json(json.loads(json.dumps(claims.to_json([claim])))) == [claim]


@pytest.mark.parametrize(
    ("claim", "act", "message"),
    [
        (
            GOOD.replace("annexation", "theft"),
            ACT,
            r"claims\.csv, line 2: kind is 'theft', not one of annexation",
        ),
        (GOOD.replace(",yes,", ",maybe,"), ACT, "proxy is 'maybe', not one of yes, no"),
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
