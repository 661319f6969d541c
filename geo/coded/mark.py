"""The mark of events that were taken from rows; kept apart, since the pipeline looks for it in every run."""

from __future__ import annotations

from typing import Final

CODED: Final = "taken as it is coded"
"""First of an event's reasons: such events are not merged, since whoever coded them told them apart."""
