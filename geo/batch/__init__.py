"""Many documents: streamed through one or several processes, and taken up again where a run was cut off."""

from __future__ import annotations

from geo.batch.ledger import Ledger
from geo.batch.manifest import Manifest, describe
from geo.batch.partitions import Partitions
from geo.batch.pool import outcomes
from geo.batch.worker import Outcome, Plan

__all__ = ["Ledger", "Manifest", "Outcome", "Partitions", "Plan", "describe", "outcomes"]
