"""What exports ask of the map's colours and shapes.

The exports do not import the drawing side: who calls them hands in its table (`geo.render.style` has this form).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


class Look(Protocol):
    """How the events of one family are drawn: a shape, and hex colours of a filled and an outlined marker."""

    @property
    def shape(self) -> str:
        """Circle, square, diamond, hexagon, pentagon or bubble."""

    @property
    def fill(self) -> str:
        """Colour of a filled marker, #rrggbb."""

    @property
    def line(self) -> str:
        """Colour of an outline on light paper, #rrggbb."""


class Palette(Protocol):
    """Colours, shapes and hatches; a module of constants has this form."""

    @property
    def FILLED(self) -> Collection[str]:  # noqa: N802
        """Statuses whose marker is filled."""

    @property
    def DASHES(self) -> Mapping[str, str]:  # noqa: N802
        """Dash pattern by status; others have a solid line."""

    @property
    def STRUCK(self) -> Collection[str]:  # noqa: N802
        """Statuses whose marker is struck through."""

    @property
    def HATCH_ANGLES(self) -> Sequence[int]:  # noqa: N802
        """Degrees, counter-clockwise from the horizontal, in the order in which claimants appear."""

    @property
    def HATCH_COLOURS(self) -> Sequence[str]:  # noqa: N802
        """Colours of the hatches, in the same order."""

    @property
    def CLAIM_LINES(self) -> Mapping[str, str]:  # noqa: N802
        """Dash pattern of a claim's outline by its style, "" for a solid one."""

    @property
    def TINTS(self) -> Sequence[str]:  # noqa: N802
        """Tints of first-level units by number of events."""

    @property
    def TINT_STEPS(self) -> Sequence[int]:  # noqa: N802
        """Least number of events of each tint."""

    def family(self, name: str | None) -> Look:
        """Look of a family of event types; of an unknown one too."""

    def claim_line(self, standing: str, *, proxy: bool) -> str:
        """Key of `CLAIM_LINES` for a claim."""


def claimants(rows: Sequence[Mapping[str, object]], palette: Palette) -> dict[str, int]:
    """Number of the hatch of each claimant, in the order of the rows of the layer of claims."""
    names = dict.fromkeys(str(row["claimant"]) for row in rows)
    return {name: number % len(palette.HATCH_ANGLES) for number, name in enumerate(names)}
