"""Names by a token classification model of Hugging Face."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.adapters.recogniser import DERIVED, PLACES, Named, pieces
from geo.errors import MissingExtraError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST: Final = 1000
"""Characters read at once: models take 512 tokens, and scripts without spaces have one per character or two."""


class TokenNamer:
    """Takes what a token classification pipeline labels as a place.

    Parameters
    ----------
    pipeline : callable
        From text to a list of mappings with ``entity_group``, ``score``, ``start``, ``end``, as
        ``transformers.pipeline("token-classification", aggregation_strategy="simple")`` gives.
    """

    def __init__(self, pipeline: Any) -> None:
        self._pipeline = pipeline

    @classmethod
    def load(cls, model: str) -> TokenNamer:
        """Load a model by its name or its folder."""
        try:
            from transformers import pipeline
        except ImportError as error:
            raise MissingExtraError("transformers is not installed: pip install 'geodispatch[hf]'") from error
        try:
            return cls(pipeline("token-classification", model=model, aggregation_strategy="simple"))
        except (OSError, ValueError) as error:
            first = str(error).strip().splitlines()[0]
            raise OptionError(f"recogniser: no model {model!r} could be loaded ({first})") from error

    def names(self, text: str) -> Iterator[Named]:
        """Groups of tokens whose label, without B- or I-, is one of a place or people."""
        for offset, piece in pieces(text, MOST):
            for group in self._pipeline(piece):
                label = str(group["entity_group"]).upper().split("-")[-1]
                if label in PLACES | DERIVED:
                    yield Named(
                        offset + int(group["start"]), offset + int(group["end"]), label, float(group["score"])
                    )
