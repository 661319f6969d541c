from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.corrections import load
from geo.errors import OptionError

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer

HEAD = "name,place,document,source,start,end,quote,note\n"


def write(folder: Path, text: str, name: str = "corrections.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_csv_and_yaml_say_the_same(tmp_path: Path, gaz: Gazetteer) -> None:
    table = write(tmp_path, HEAD + "Kherson,iso:UA-65,a.txt,,10,17,,the region\nReading,none,,,,,,\n")
    listed = write(
        tmp_path,
        "- {name: Kherson, place: 'iso:UA-65', document: a.txt, start: 10, end: 17, note: the region}\n"
        "- name: Reading\n  place: none\n",
        "corrections.yaml",
    )
    a, b = load(table, gaz), load(listed, gaz)

    assert [(row.name, row.place, row.span, row.note) for row in a.rows] == [
        (row.name, row.place, row.span, row.note) for row in b.rows
    ]
    assert a.rows[0].place == gaz.get("iso:UA-65")
    assert a.rows[1].place is None
    assert [row.line for row in a.rows] == [2, 3]
    assert [row.line for row in b.rows] == [1, 2]
    assert [row.breadth for row in a.rows] == [0, 3]


@pytest.mark.parametrize("name", ["c.csv", "c.yaml"])
def test_an_empty_file_decides_nothing(tmp_path: Path, gaz: Gazetteer, name: str) -> None:
    assert load(write(tmp_path, "", name), gaz).rows == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + "Kherson,iso:XX-1,,,,,,\n", "corrections.csv:2: no place has the id 'iso:XX-1'"),
        (HEAD + "\nKherson,,,,,,,\n", ":3: has no place; write an id of the gazetteer, or none"),
        (HEAD + ",iso:UA,,,,,,\n", ":2: has no name"),
        ("name,place,docment\nKherson,iso:UA,a.txt\n", ":2: no column is called 'docment'"),
        (HEAD + "Kherson,iso:UA,a.txt,,7,3,,\n", ":2: start and end are two offsets"),
        (HEAD + "Kherson,iso:UA,a.txt,,7,,,\n", ":2: start and end are two offsets"),
        (HEAD + "Kherson,iso:UA,,,3,7,,\n", ":2: start and end need a document"),
        (HEAD + 'Kherson,iso:UA,,,,,"in Odesa, he said",\n', ":2: the quote does not hold 'Kherson'"),
        (HEAD + "Kherson,iso:UA,,,,,,\nKherson,none,,,,,,\n", ":3: contradicts line 2 about 'Kherson'"),
        (HEAD + "Kherson,iso:UA,,,,,,,,,\n", ":2: has more cells than columns"),
    ],
)
def test_a_wrong_row_is_named_with_its_line(tmp_path: Path, gaz: Gazetteer, text: str, message: str) -> None:
    path = write(tmp_path, text)

    with pytest.raises(OptionError) as caught:
        load(path, gaz)
    assert message in str(caught.value)


@pytest.mark.parametrize("text", ["name: Paris\n", "- Paris\n", "- {name: [\n"])
def test_yaml_of_another_form(tmp_path: Path, gaz: Gazetteer, text: str) -> None:
    with pytest.raises(OptionError, match=r"c\.yml"):
        load(write(tmp_path, text, "c.yml"), gaz)


def test_a_file_that_cannot_be_read(tmp_path: Path, gaz: Gazetteer) -> None:
    with pytest.raises(OptionError, match="cannot be read as corrections"):
        load(tmp_path / "none.csv", gaz)


def test_the_example_of_the_documentation(tmp_path: Path, gaz: Gazetteer, root: Path) -> None:
    page = (root / "docs" / "corrections.md").read_text(encoding="utf-8")
    example = page.split("```csv\n")[1].split("```")[0]
    rows = load(write(tmp_path, example), gaz).rows

    assert [row.breadth for row in rows] == [3, 3, 2, 1, 0, 0]
    assert [row.place and row.place.name for row in rows] == [
        "Kherson Oblast",
        None,
        "Springfield",
        "Georgia",
        "Paris",
        None,
    ]
