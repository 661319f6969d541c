"""GeoNames dumps: what a line means, and what a build makes of files."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gazetteer
from gazetteer import NameUse, SourceError, artefact, pack
from gazetteer.names import has_upper
from gazetteer.own import build as builder
from gazetteer.sources import geonames
from gazetteer.sources.rows import Row
from tests.gazetteer.own.helpers import dump_line, layered, made, name_line, written
from tests.gazetteer.own.strategies import texts

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer

KHERSON = dump_line(
    706448,
    "Kherson",
    "P.PPLA",
    others="Cherson,KHE,he er song,Херсон",
    lat=46.63695,
    lon=32.61458,
    people=320_477,
)


@pytest.mark.parametrize(
    ("code", "people", "kind"),
    [
        ("A.PCLI", 0, "country"),
        ("A.ADM1", 0, "admin1"),
        ("A.ADM2", 0, "admin2"),
        ("A.ADM4", 0, "region"),
        ("A.ADM1H", 0, "region"),
        ("P.PPL", 10, "village"),
        ("P.PPLA", 5_000, "town"),
        ("P.PPLC", 100_000, "city"),
        ("H.STM", 0, "river"),
        ("H.LK", 0, "lake"),
        ("H.SEA", 0, "sea"),
        ("H.STRT", 0, "strait"),
        ("H.SPNG", 0, "other"),
        ("T.ISL", 0, "island"),
        ("T.PEN", 0, "peninsula"),
        ("T.MT", 0, "mountain"),
        ("T.DSRT", 0, "region"),
        ("S.AIRP", 0, "facility"),
        ("S.AIRB", 0, "base"),
        ("S.DAM", 0, "dam"),
        ("S.BDG", 0, "bridge"),
        ("L.CONT", 0, "continent"),
        ("R.RD", 0, "other"),
        ("", 0, "other"),
        ("X.Y", 0, "other"),
    ],
)
def test_feature_codes(code: str, people: int, kind: str) -> None:
    group, _, rest = code.partition(".")
    assert geonames.kind(group, rest, people) == kind


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("1\tShort", "2 fields, a line of places has 19"),
        (dump_line("x", "A"), "id 'x' is no whole number above 0"),
        (dump_line(0, "A"), "id '0' is no whole number"),
        (dump_line(2**32, "A"), "is no whole number above 0"),
        (dump_line(1, "A", lat=91), "latitude '91' is not between -90 and 90"),
        (dump_line(1, "A", lon="nan"), "longitude 'nan' is not between"),
        (dump_line(1, "A", people=-5), "population '-5' is no whole number"),
        (dump_line(1, "A", country="ukr"), "country code 'ukr' is not two capitals"),
    ],
)
def test_lines_that_are_no_places(line: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason.replace(".", r"\.")):
        geonames.place(line.split("\t"))


@pytest.mark.parametrize(
    ("line", "use", "lang", "display"),
    [
        (name_line(1, "Kyiv", "en", preferred=True), NameUse.ALTERNATE, "en", True),
        (name_line(1, "Kiev", "en"), NameUse.ALTERNATE, "en", False),
        (name_line(1, "Leningrad", "ru", historic=True), NameUse.FORMER, "ru", False),
        (name_line(1, "Stalino", "ru", until="1961"), NameUse.FORMER, "ru", False),
        (name_line(1, "NYC", "abbr"), NameUse.ABBREVIATION, "", False),
        (name_line(1, "UK", "en", short=True), NameUse.ABBREVIATION, "en", False),
        (name_line(1, "JFK", "iata"), NameUse.CODE, "", False),
        (name_line(1, "10115", "post"), NameUse.CODE, "", False),
        (name_line(1, "Port-la-Montagne", "fr_1793"), NameUse.FORMER, "fr", False),
    ],
)
def test_uses_of_alternate_names(line: str, use: NameUse, lang: str, display: bool) -> None:
    row = geonames.alternate(line.split("\t"))

    assert row is not None
    assert (row.use, row.lang, row.display, row.link) == (use, lang, display, "")


def test_links_are_no_names() -> None:
    wiki = geonames.alternate(name_line(1, "https://en.wikipedia.org/wiki/Kyiv", "link").split("\t"))
    data = geonames.alternate(name_line(1, "Q1899", "wkdt").split("\t"))

    assert wiki is not None
    assert data is not None
    assert (wiki.text, wiki.link) == ("", "https://en.wikipedia.org/wiki/Kyiv")
    assert data.link == "wd:Q1899"
    assert geonames.alternate(name_line(1, "ˈkɪjɪu̯", "phon").split("\t")) is None


def test_a_dump_with_its_names(gaz: Gazetteer, tmp_path: Path) -> None:
    lines = [
        KHERSON,
        dump_line(900_000_001, "Zelena Balka", others="Зелена Балка,Зелёная Балка", people=120),
        dump_line(706442, "Kherson Oblast", "A.ADM1", others="Cherson"),
        dump_line(690791, "Ukraine", "A.PCLI", admin1="00", others="Ucraina,UKR", lat=49, lon=32),
    ]
    with zipfile.ZipFile(tmp_path / "UA.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "x" * 100_000)
        archive.writestr("UA.txt", "\n".join(lines))
    names = [
        name_line(706448, "Херсон", "uk", preferred=True),
        name_line(900_000_001, "Stara Balka", "uk", historic=True, since="1920", until="19910824"),
        name_line(900_000_001, "Q1", "wkdt"),
        name_line(12, "Of another country", "en"),
    ]
    alternates = written(tmp_path / "alternateNamesV2.txt", names)
    built = made(gaz, tmp_path, alternates, tmp_path / "UA.zip")  # the order does not matter
    own = layered(built)

    assert built.manifest["places"] == 4
    assert built.rejected == 0
    assert built.manifest["attribution"] == "Places: GeoNames, CC BY 4.0."
    village = own.get("geonames:900000001")
    assert (village.name, village.kind, village.country, village.admin1) == (
        "Zelena Balka",
        "village",
        "UA",
        "UA-65",
    )
    assert [parent.id for parent in own.parents(village.id)] == ["iso:UA-65", "iso:UA"]
    assert own.search("Стара Балка") == []
    assert [(c.place.id, c.use) for c in own.search("Stara Balka")][:1] == [(village.id, NameUse.FORMER)]
    assert (
        own.search("Zelenaya Balka")[0].place.id == village.id
    )  # romanised as the package's own villages are
    (former,) = [name for name in own.details(village.id).names if name.text == "Stara Balka"]
    assert (former.lang, former.since, former.until) == ("uk", "1920", "1991-08-24")
    assert own.details(village.id).links == ("wd:Q1",)
    assert own.get("iso:UA-65").kind == "admin1"
    assert "geonames:706442" not in own
    assert {c.place.id for c in own.search("Ucraina")} >= {"iso:UA"}
    alone = gazetteer.open(built.path)
    assert [c.use for c in alone.search("Cherson") if c.place.id == "iso:UA-65"] == [NameUse.FOREIGN]
    assert ("he er song", NameUse.ALTERNATE) not in alone.names("geonames:706448")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            texts,
            st.lists(texts.filter(lambda text: "," not in text), max_size=3),
            st.lists(texts, max_size=3),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_every_name_of_a_row_finds_it(
    gaz: Gazetteer, tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, list[str], list[str]]]
) -> None:
    folder = tmp_path_factory.mktemp("dump")
    lines = [dump_line(n, name, others=",".join(others)) for n, (name, others, _) in enumerate(rows, 1)]
    more = [name_line(n, text, "uk") for n, (_, _, names) in enumerate(rows, 1) for text in names]
    inputs = [written(folder / "UA.txt", lines), *([written(folder / "n.txt", more)] if more else [])]
    own = gazetteer.open(made(gaz, folder, *inputs).path)

    for number, (name, others, names) in enumerate(rows, 1):
        for text in (name, *filter(has_upper, others), *names):
            assert f"geonames:{number}" in {c.place.id for c in own.search(text, limit=100)}, text


def test_display_names_are_preferred_english_ones(gaz: Gazetteer, tmp_path: Path) -> None:
    places = written(tmp_path / "UA.txt", [dump_line(900_000_001, "Zaporizhzhya", "P.PPLA")])
    names = written(
        tmp_path / "names.txt",
        [
            name_line(900_000_001, "Zaporizhzhia", "en", preferred=True),
            name_line(900_000_001, "Saporischschja", "de"),
        ],
    )
    own = gazetteer.open(made(gaz, tmp_path, places, names).path)

    assert own.get("geonames:900000001").name == "Zaporizhzhia"
    assert ("Zaporizhzhya", NameUse.ALTERNATE) in own.names("geonames:900000001")


def test_one_row_stands_for_a_country(gaz: Gazetteer, tmp_path: Path) -> None:
    lines = [
        dump_line(1, "Ashmore Islands", "A.PCLD", country="AU", admin1="00"),
        dump_line(2, "Australia", "A.PCLI", country="AU", admin1="00"),
        dump_line(3, "Guam", "A.PCLD", country="GU", admin1="00"),
    ]
    own = gazetteer.open(made(gaz, tmp_path, written(tmp_path / "a.txt", lines)).path)

    assert {name: own.get(name).name for name in ("iso:AU", "iso:GU")} == {
        "iso:AU": "Australia",
        "iso:GU": "Guam",
    }
    assert own.get("geonames:1").kind == "region"


def test_codes_name_units_and_countries(gaz: Gazetteer, tmp_path: Path) -> None:
    inputs = [
        written(
            tmp_path / "admin2Codes.txt",
            ["UA.08.6510\tKhersonskyi Raion\tKhersonskyi Raion\t11", "UA.08.x\tbroken"],
        ),
        written(tmp_path / "admin1CodesASCII.txt", ["UA.08\tKhersonska\tKhersonska\t706442"]),
        written(
            tmp_path / "countryInfo.txt",
            ["#ISO\tISO3", "\t".join(["UA", "UKR", "804", "UP", "Ukraine", *["x"] * 12])],
        ),
        written(
            tmp_path / "UA.txt",
            [
                dump_line(5, "Antonivka", admin2="6510"),
                dump_line(706442, "Kherson Oblast", "A.ADM1"),
                dump_line(690791, "Ukraina", "A.PCLI", admin1="00"),
            ],
        ),
    ]
    built = made(gaz, tmp_path, *inputs)
    own = gazetteer.open(built.path)

    assert own.get("geonames:5").admin2 == "Khersonskyi Raion"
    assert [c.place.id for c in own.search("Khersonska")] == ["iso:UA-65"]
    assert [c.place.id for c in own.search("UKR")] == ["iso:UA"]
    assert [c.place.id for c in own.search("Ukraine")] == ["iso:UA"]
    assert built.rejected == 1


def test_bad_rows_are_listed_and_the_rest_is_built(gaz: Gazetteer, tmp_path: Path) -> None:
    path = tmp_path / "UA.txt"
    path.write_bytes(
        "\n".join([KHERSON, "1\ttwo", dump_line(2, "A", lat=200), dump_line(3, "!!!"), dump_line(4, "N", lat=0, lon=0)]).encode()
        + b"\n" + dump_line(5, "Zaporo\xfee").encode("latin-1")
        + b"\n" + dump_line(6, "Nul\0l").encode()
        + b"\n" + dump_line(7, "Last").encode()
    )  # fmt: skip
    built = made(gaz, tmp_path, path)

    assert built.manifest["places"] == 2
    assert built.rejects is not None
    assert built.rejects.read_text(encoding="utf-8").splitlines() == [
        f"{path}:2: 2 fields, a line of places has 19",
        f"{path}:3: latitude '200' is not between -90 and 90 degrees",
        f"{path}:4: no letter or digit in the name '!!!'",
        f"{path}:5: the point is 0, 0, which stands for an unknown one",
        f"{path}:6: byte 0xFE at position 9 is no UTF-8; save the file as UTF-8",
        f"{path}:7: holds a NUL byte; a table of text has none (UTF-16 is not read: save it as UTF-8)",
    ]
    assert built.rejected == 6
    again = made(gaz, tmp_path, written(tmp_path / "good.txt", [KHERSON]))
    assert again.rejects is None
    assert not (tmp_path / "my.gaz.rejects.txt").exists()


def bad_inputs(folder: Path) -> dict[str, Path]:
    good = "\n".join(dump_line(n, f"Place {n}") for n in range(1, 3000)).encode()
    with zipfile.ZipFile(folder / "whole.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("UA.txt", good)
    whole = (folder / "whole.zip").read_bytes()
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 0xFF
    with zipfile.ZipFile(folder / "none.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    files = {
        "short.zip": whole[: len(whole) // 2],
        "flipped.zip": bytes(flipped),
        "empty.txt": b"",
        "text.txt": b"Dear Sir,\n",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    (folder / "folder").mkdir()
    return {name: folder / name for name in (*files, "none.zip", "folder", "absent.txt")}


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("short.zip", "damaged or cut short"),
        ("flipped.zip", "damaged or cut short"),
        ("none.zip", "holds no file with data"),
        ("empty.txt", "is empty"),
        ("text.txt", "is no file of the GeoNames dump"),
        ("folder", "is a folder; name the files in it"),
        ("absent.txt", "there is no such file"),
    ],
)
def test_inputs_that_cannot_be_read_leave_the_output(
    gaz: Gazetteer, tmp_path: Path, name: str, message: str
) -> None:
    out = tmp_path / "my.gaz"
    out.write_bytes(b"what stood there")

    with pytest.raises(SourceError, match=message):
        made(gaz, tmp_path, bad_inputs(tmp_path)[name])
    assert out.read_bytes() == b"what stood there"
    assert [path.name for path in tmp_path.iterdir() if path.suffix in (".part", ".work")] == []


def test_no_usable_row_is_an_error(gaz: Gazetteer, tmp_path: Path) -> None:
    lines = [dump_line(n, "Bad", lat=100) for n in range(1, 9)]
    with pytest.raises(SourceError, match=r"no row could be used; nothing was written. latitude .*\(8\)"):
        made(gaz, tmp_path, written(tmp_path / "bad.txt", lines))
    assert not (tmp_path / "my.gaz").exists()


def test_packed_in_pieces_as_at_once(gaz: Gazetteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sections are those of `gazetteer.pack`; shards only cut the tries, and openings are the world's alone."""
    lines = [
        dump_line(
            n, f"Mala {n % 7}", others=f"Alt {n % 5},Mala {n % 3}", country="FR", admin1="00", people=n * 10
        )
        for n in range(1, 200)
    ]
    path = made(gaz, tmp_path, written(tmp_path / "a.txt", lines)).path
    rows = [
        Row(
            f"geonames:{n}", f"Mala {n % 7}", geonames.kind("P", "PPL", n * 10), "FR", None, 33.1, 46.9, n * 10, 1.0,
            names=[(x, NameUse.ALTERNATE) for x in sorted({f"Alt {n % 5}", f"Mala {n % 3}"} - {f"Mala {n % 7}"})],
        )
        for n in range(1, 200)
    ]  # fmt: skip
    sections = artefact.read(path)
    packed = pack.encode(rows)
    del packed["names.openings"]
    assert {name: bytes(sections[name]) for name in packed} == packed
    assert "names.openings" not in sections

    monkeypatch.setattr("gazetteer.own.index.SHARD", 3)
    monkeypatch.setattr(builder.index.write, "__defaults__", (3,))
    cut = gazetteer.open(made(gaz, tmp_path, tmp_path / "a.txt", name="cut.gaz").path)
    whole = gazetteer.open(path)
    assert "names.trie.shards" in cut._sections
    text = "From Mala 3 to Alt 4, Mala 11 and Mala"
    assert cut.scan(text) == whole.scan(text)
    for name in ("Mala 0", "mala 6", "Alt 1", "Nothing"):
        assert [c.place.id for c in cut.search(name)] == [c.place.id for c in whole.search(name)]
    assert {c.place.id for c in cut.search("Malla 3", fuzzy=True)} == {
        c.place.id for c in whole.search("Malla 3", fuzzy=True)
    }
