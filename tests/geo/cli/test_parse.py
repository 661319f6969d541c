"""``geo parse`` as a filter."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.geo.cli.run import TEXT, geo

if TYPE_CHECKING:
    from pathlib import Path


class TestStreams:
    def test_parse_is_a_filter(self, here: Path) -> None:
        first = geo("parse", "in")
        again = geo("parse", "-", stdin=first.stdout)

        assert first.exit_code == again.exit_code == 0
        assert first.stdout == again.stdout
        assert json.loads(first.stdout)["text"] == TEXT
        assert first.stderr == ""

    def test_parse_without_text(self, here: Path) -> None:
        record = json.loads(geo("parse", "in", "--no-text").stdout)

        assert "text" not in record
        assert record["mentions"]

    def test_plain_text_from_standard_input(self) -> None:
        record = json.loads(geo("parse", "-", "--date", "2022-05-04", stdin=TEXT).stdout)

        assert (record["id"], record["date"], record["date_basis"]) == ("-", "2022-05-04", "option")

    def test_demonyms_only_where_asked(self) -> None:
        text = "Ukrainian forces shelled Donetsk."
        roles = [
            {m["role"] for m in json.loads(geo("parse", "-", *more, stdin=text).stdout)["mentions"]}
            for more in ([], ["--demonyms"])
        ]

        assert "demonym" not in roles[0]
        assert "demonym" in roles[1]

    def test_a_least_score(self) -> None:
        record = json.loads(geo("parse", "-", "--min-score", "1", stdin=TEXT).stdout)

        assert {mention["place"] for mention in record["mentions"]} == {None}
        assert record["unplaced"]
