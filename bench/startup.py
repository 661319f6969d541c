"""Start-up: ``geo --help`` and ``gazetteer --help`` against an empty Python.

python bench/startup.py
"""

from __future__ import annotations

import sys

from measure import BIN, compare, verdict


def main() -> int:
    """Measure and report."""
    times = compare(
        {
            "pass": [sys.executable, "-c", "pass"],
            "geo": [str(BIN / "geo"), "--help"],
            "gazetteer": [str(BIN / "gazetteer"), "--help"],
        }
    )
    checks = [
        verdict(f"{name} --help, above an empty Python", times[name] - times["pass"], 0.25, "s")
        for name in ("geo", "gazetteer")
    ]
    return 0 if all(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
