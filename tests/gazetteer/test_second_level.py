"""English names of second-level units are made from those that GeoNames has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gazetteer.errors import SourceError
from gazetteer.sources import second_level
from gazetteer.sources.rows import Row

if TYPE_CHECKING:
    from pathlib import Path


def made(name: str, country: str) -> list[str]:
    row = Row("a2:x", name, "admin2", country, None, 1.0, 1.0)
    second_level.add_names([row])
    return [text for text, _ in row.names]


@pytest.mark.parametrize(
    ("name", "country", "expected"),
    [
        ("Provincia de Granada", "ES", ["Granada province", "Province of Granada"]),
        ("Kerry", "IE", ["County Kerry", "Co Kerry"]),
        ("Mayo County", "IE", ["County Mayo", "Co Mayo"]),
        ("Dublin City", "IE", []),
        ("Anantapur", "IN", ["Anantapur district"]),
        ("Vizianagaram District", "IN", []),
        ("Kabupaten Raja Ampat", "ID", ["Raja Ampat Regency"]),
        ("Surrey", "GB", []),
    ],
)
def test_names_that_reports_use(name: str, country: str, expected: list[str]) -> None:
    assert made(name, country) == expected


@pytest.mark.parametrize("pattern", ["(.+", "no group", "(two)(groups)"])
def test_a_bad_pattern_names_file_and_line(tmp_path: Path, pattern: str) -> None:
    text = f"{','.join(second_level.COLUMNS)}\nES,{pattern},{{}} province,own knowledge\n"
    (tmp_path / "second_level.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"second_level\.csv, line 2: pattern"):
        second_level.rules(tmp_path)
