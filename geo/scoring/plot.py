"""A picture of how far the scores can be trusted: calibration, and accuracy by coverage."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from geo.scoring.measures import calibration, calibration_error, coverage_curve

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.evaluate import Scores

COLOURS: Final = ("#1b6ca8", "#b3541e", "#3f7d3a", "#7a4fa0", "#666666")
MARKS: Final = "os^Dv"


def plot(scores: Mapping[str, Scores], form: str = "png") -> bytes:
    """Draw both curves of several gold files.

    Parameters
    ----------
    scores : mapping
        Name of the gold file to its scores.
    form : str
        "png", "svg" or "pdf".

    Returns
    -------
    bytes
        The same for the same scores.
    """
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context(
        {"svg.hashsalt": "geo", "font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
    ):
        figure = Figure(figsize=(8.4, 3.9), layout="constrained")
        left, right = figure.subplots(1, 2)
        for number, (name, one) in enumerate(scores.items()):
            style = {
                "color": COLOURS[number % 5],
                "marker": MARKS[number % 5],
                "markersize": 4,
                "linewidth": 1.3,
            }
            _calibration(left, name, one, style)
            _coverage(right, name, one, style)
        _frame(left, right)
        out = BytesIO()
        metadata = {"png": {"Software": None}, "svg": {"Date": None}, "pdf": {"CreationDate": None}}[form]
        figure.savefig(out, format=form, dpi=150, metadata=metadata)
    return out.getvalue()


def _calibration(axes: Any, name: str, scores: Scores, style: dict[str, Any]) -> None:
    bins = [one for one in calibration(scores.believed) if one.count >= 5]
    label = f"{name} (error {calibration_error(scores.believed):.3f})"
    axes.plot([one.score for one in bins], [one.right for one in bins], label=label, **style)


def _coverage(axes: Any, name: str, scores: Scores, style: dict[str, Any]) -> None:
    for pairs, line, what in ((scores.scored, "-", "matched"), (scores.believed, ":", "all placed")):
        points = [point for point in coverage_curve(pairs) if point[0] >= 0.2]
        axes.plot(
            [point[0] for point in points],
            [point[2] for point in points],
            label=f"{name}, {what}",
            **(style | {"linestyle": line, "markersize": 3}),
        )


def _frame(left: Any, right: Any) -> None:
    left.plot([0, 1], [0, 1], color="#999999", linewidth=0.8, linestyle="--", zorder=0)
    left.set(
        xlim=(0, 1),
        ylim=(0, 1.02),
        xlabel="score given",
        ylabel="share right",
        title="Calibration, all placed mentions",
    )
    right.axvline(0.9, color="#999999", linewidth=0.8, linestyle="--", zorder=0)
    right.set(
        xlim=(0.2, 1.0),
        xlabel="share kept, best scores first",
        ylabel="share right",
        title="Accuracy by coverage",
    )
    for axes in (left, right):
        axes.grid(visible=True, color="#e4e4e4", linewidth=0.6)
        axes.set_axisbelow(True)
        if axes.lines[1:]:
            axes.legend(frameon=False, fontsize=8)
