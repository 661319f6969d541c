"""``geo map`` from end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.geo.cli.run import geo, python

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


class TestMap:
    def test_it_says_what_it_found_and_where_the_map_is(self, here: Path) -> None:
        done = geo("map", "in", "-o", "deep/map.html")

        assert done.exit_code == 0, done.output
        assert done.stdout == ""
        lines = done.stderr.splitlines()
        assert lines[0].startswith("Found in 1 document: ")
        assert "mentions of" in lines[0]
        assert lines[1].startswith("Not placed, and listed on the map: ")
        assert lines[2].startswith("Map: deep/map.html (")
        html = (here / "deep" / "map.html").read_text(encoding="utf-8")
        assert html.startswith("<!")
        assert "Kharkiv" in html

    def test_the_title_and_the_day_are_on_the_map(self, here: Path) -> None:
        geo(
            "map",
            "in",
            "-o",
            "a.html",
            "--title",
            "Roads <&> rails",
            "--as-of",
            "2015-01-01",
            "--publisher",
            "The Paper",
        )
        html = (here / "a.html").read_text(encoding="utf-8")

        assert "<title>Roads &lt;&amp;&gt; rails</title>" in html
        assert "The Paper" in html
        assert "1 January 2015" in html

    def test_beyond_a_limit_it_counts_by_cells(self, here: Path) -> None:
        geo("map", "in", "-o", "each.html")
        geo("map", "in", "-o", "cells.html", "--limit", "0")

        assert "counted by cells of 0.1" not in (here / "each.html").read_text(encoding="utf-8")
        assert "counted by cells of 0.1" in (here / "cells.html").read_text(encoding="utf-8")

    def test_to_standard_output(self, here: Path) -> None:
        done = geo("map", "in", "-o", "-")

        assert done.stdout.startswith("<!")
        assert "Map:" not in done.stderr

    def test_same_input_same_bytes_also_by_way_of_records(self, here: Path) -> None:
        geo("map", "in", "-o", "a.html")
        geo("map", "in", "-o", "b.html")
        geo("parse", "in", "-o", "a.jsonl")
        geo("map", "a.jsonl", "-o", "c.html")

        assert (
            (here / "a.html").read_bytes() == (here / "b.html").read_bytes() == (here / "c.html").read_bytes()
        )

    def test_it_can_open_the_browser(self, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        opened: list[str] = []
        monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)) or True)
        geo("map", "in", "-o", "a b.html", "--open")

        assert opened == [(here / "a b.html").as_uri()]

    def test_no_heavy_library_is_loaded(self, here: Path) -> None:
        code = (
            "import sys; from click.testing import CliRunner; from geo.cli import main; "
            "assert CliRunner().invoke(main, ['map', 'in', '-o', 'a.html']).exit_code == 0; "
            "print([m for m in ('geopandas', 'pandas', 'folium', 'pyogrio', 'pyarrow', 'matplotlib', 'jinja2') if m in sys.modules])"
        )
        done = python(code, cwd=here, check=True)

        assert done.stdout.strip() == "[]"


class TestPageOptions:
    def test_language_and_control_are_on_the_map(self, here: Path) -> None:
        square = '{"type":"Polygon","coordinates":[[[32,46],[34,46],[34,48],[32,48],[32,46]]]}'
        area = f'{{"type":"Feature","properties":{{"control":"North"}},"geometry":{square}}}'
        (here / "control.geojson").write_text(area, encoding="utf-8")

        done = geo(
            "map",
            "in",
            "-o",
            "a.html",
            "--lang",
            "uk",
            "--control",
            "control.geojson",
            "--control-source",
            "Us",
        )

        assert done.exit_code == 0, done.output
        html = (here / "a.html").read_text(encoding="utf-8")
        assert '<html lang="uk">' in html
        assert "Контроль, за даними: Us" in html
        assert "Евакуація" in html

    def test_what_is_wrong_with_them_is_told_and_no_map_is_written(self, here: Path) -> None:
        for arguments, said, code in (
            (["--lang", "xx"], "no interface language 'xx'", 2),
            (["--control", "nothing.geojson"], "nothing.geojson", 2),
            (["--tiles", "No.Such"], "No.Such", 2),
        ):
            done = geo("map", "in", "-o", "a.html", *arguments)
            assert done.exit_code == code, done.output
            assert said in done.stderr
            assert not (here / "a.html").exists()
