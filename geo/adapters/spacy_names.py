"""Names by a spaCy pipeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.adapters.recogniser import DERIVED, PLACES, Named
from geo.errors import MissingExtraError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator


class SpacyNamer:
    """Takes the entities GPE, LOC, FAC and NORP of a pipeline.

    Parameters
    ----------
    nlp : spacy.Language
        Any callable from text to a Doc.
    """

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp

    @classmethod
    def load(cls, model: str) -> SpacyNamer:
        """Load a pipeline by the name of its package or by its folder."""
        try:
            import spacy
        except ImportError as error:
            raise MissingExtraError("spacy is not installed: pip install 'geodispatch[spacy]'") from error
        try:
            return cls(spacy.load(model))
        except OSError as error:
            raise OptionError(
                f"recogniser: spaCy has no pipeline {model!r}; python -m spacy download NAME, or name a folder"
            ) from error

    def names(self, text: str) -> Iterator[Named]:
        """Entities that are places or peoples, with spaCy's label."""
        for entity in self._nlp(text).ents:
            if entity.label_ in PLACES | DERIVED:
                yield Named(entity.start_char, entity.end_char, entity.label_)
