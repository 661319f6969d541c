"""``geo embed`` from end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.geo.cli.run import geo

if TYPE_CHECKING:
    from pathlib import Path


class TestEmbed:
    def test_embed(self, here: Path) -> None:
        geo("map", "in", "-o", "a.html", "--title", 'Roads "&" rails')
        done = geo("embed", "a.html")

        assert (
            '<iframe src="a.html" title="Roads &quot;&amp;&quot; rails" loading="lazy" sandbox="allow-scripts"'
            in done.stdout
        )
        assert "<figure" in done.stdout
        assert (
            "<figure" not in geo("embed", "a.html", "--kind", "iframe", "--src", "https://x.example/").stdout
        )

    def test_embed_of_nothing(self, here: Path) -> None:
        done = geo("embed", "no.html")

        assert done.exit_code == 1
        assert done.stderr.startswith(
            "geo: no.html: cannot be read (No such file or directory); draw the map first"
        )
