"""Finding place names in text: one protocol, several recognisers."""

from __future__ import annotations

from geo.mentions.learned import LearnedRecogniser
from geo.mentions.recogniser import Recogniser
from geo.mentions.rules import RuleRecogniser

__all__ = ["LearnedRecogniser", "Recogniser", "RuleRecogniser"]
