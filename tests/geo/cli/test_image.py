"""``geo image`` from end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.geo.cli.run import geo

if TYPE_CHECKING:
    from pathlib import Path


class TestImage:
    @pytest.mark.parametrize(("suffix", "magic"), [("png", b"\x89PNG"), ("svg", b"<?xml"), ("pdf", b"%PDF")])
    def test_image(self, here: Path, suffix: str, magic: bytes) -> None:
        done = geo("image", "in", "-o", f"a.{suffix}", "--dpi", "60")

        assert done.exit_code == 0, done.output
        assert (here / f"a.{suffix}").read_bytes().startswith(magic)
        assert done.stderr.startswith(f"Picture: a.{suffix} (")
