"""``geo explain`` from end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.geo.cli.run import TEXT, geo

if TYPE_CHECKING:
    from pathlib import Path


class TestExplain:
    def test_explain(self, here: Path) -> None:
        done = geo("explain", "in/a.txt", "KHARKIV")

        assert done.exit_code == 0, done.output
        assert "[Kharkiv]" in done.stdout
        assert "role      literal" in done.stdout
        assert "matched as" in done.stdout
        assert "*" in done.stdout
        at = TEXT.index("Kherson")
        assert "[Kherson]" in geo("explain", "in/a.txt", f"@{at}").stdout

    def test_explain_what_is_no_mention(self, here: Path) -> None:
        done = geo("explain", "in/a.txt", "Atlantis")

        assert done.exit_code == 1
        assert done.stdout == ""
        assert "'Atlantis' is no mention here; mentions: Kharkiv" in done.stderr
