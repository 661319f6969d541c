"""The passing line: drawn seldom, on terminals only."""

from __future__ import annotations

from geo.cli.progress import Progress, progress


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_rate_and_time_left() -> None:
    drawn: list[str] = []
    clock = Clock()
    shown = Progress(drawn.append, 8000, clock)
    for number in range(100):
        clock.now += 0.02
        shown.step(f"d{number}")

    assert drawn[0] == "1 of 8,000  50.0/s  2:40 left  d0"
    assert " of 8,000  50.0/s  2:38 left" in drawn[-1]
    assert len(drawn) <= 21, "at most ten times a second"


def test_copied_documents_count_for_no_rate() -> None:
    clock = Clock()
    shown = Progress(lambda _: None, 2_000_000, clock)
    for _ in range(50):
        shown.step("a", copied=True)
    assert shown.line(5.0) == "50 of 2,000,000"
    for _ in range(50):
        shown.step("b")
    assert shown.line(5.0) == "100 of 2,000,000  10.0/s  55:33:10 left"


def test_without_a_total() -> None:
    shown = Progress(lambda _: None, None, Clock())
    assert shown.line(0.0) == "0 done"
    shown.step("a")
    assert shown.line(2.0) == "1 done  0.5/s"


def test_quiet_where_nobody_watches() -> None:
    def total() -> int:
        raise AssertionError("nobody asked")

    with progress(total) as shown:
        shown.step("a")
        shown.clear()
