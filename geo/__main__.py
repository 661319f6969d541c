"""``python -m geo``."""

from __future__ import annotations

from geo.cli import main

main()
