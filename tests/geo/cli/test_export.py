"""``geo export`` from end to end."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.geo.cli.run import geo

if TYPE_CHECKING:
    from pathlib import Path


class TestExport:
    def test_export_to_a_pipe(self, here: Path) -> None:
        done = geo("export", "in", "-o", "-", "-f", "geojson", "-l", "places")

        names = [f["properties"]["name"] for f in json.loads(done.stdout)["features"]]
        assert "Kharkiv" in names
        assert done.stderr == f"Wrote standard output: places {len(names)}\n"

    def test_export_of_some_rows_for_viewers(self, here: Path) -> None:
        where = ("--where", "family=fires", "--bbox", "30,45,40,52")
        done = geo("export", "in", "-o", "-", "-f", "geojson", "--simplestyle", *where)

        (feature,) = json.loads(done.stdout)["features"]
        assert feature["properties"]["title"].endswith(": Kharkiv")
        assert feature["properties"]["marker-color"].startswith("#")
        assert done.stderr == "Wrote standard output: events 1\n"
        assert geo("export", "in", "-o", "a.csv", "--bbox", "0,0,1,1").stderr == "Wrote a.csv: events 0\n"

    def test_export_all_layers(self, here: Path) -> None:
        import pyogrio

        done = geo("export", "in", "-o", "a.gpkg", "--as-of", "2022-10-13")

        assert done.exit_code == 0, done.output
        assert [name for name, _ in pyogrio.list_layers("a.gpkg")] == [
            "events",
            "reports",
            "places",
            "regions",
            "flows",
            "claims",
            "unplaced",
            "layer_styles",
        ]
