"""Names by GLiNER, a model that is told in words what to look for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from geo.adapters.recogniser import Named, pieces
from geo.errors import MissingExtraError, OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator

LABELS: Final = (
    "country",
    "city",
    "region",
    "river or lake",
    "mountain or island",
    "facility",
    "nationality",
)
"""What it is asked for; the last means adjectives and peoples."""
THRESHOLD: Final = 0.5
MOST: Final = 1000
"""Characters read at once: GLiNER takes 384 words."""


class GlinerNamer:
    """Takes what GLiNER finds for `LABELS`.

    Parameters
    ----------
    model : gliner.GLiNER
        Anything with ``predict_entities(text, labels, threshold=...)``.
    """

    def __init__(self, model: Any) -> None:
        self._model = model

    @classmethod
    def load(cls, model: str) -> GlinerNamer:
        """Load a model by its name or its folder."""
        try:
            from gliner import GLiNER
        except ImportError as error:
            raise MissingExtraError("gliner is not installed: pip install 'geodispatch[gliner]'") from error
        try:
            return cls(GLiNER.from_pretrained(model))
        except (OSError, ValueError) as error:
            first = str(error).strip().splitlines()[0]
            raise OptionError(f"recogniser: no model {model!r} could be loaded ({first})") from error

    def names(self, text: str) -> Iterator[Named]:
        """Entities with their label and score."""
        for offset, piece in pieces(text, MOST):
            for item in self._model.predict_entities(piece, list(LABELS), threshold=THRESHOLD):
                role = "demonym" if item["label"] == LABELS[-1] else ""
                start, end = offset + int(item["start"]), offset + int(item["end"])
                yield Named(start, end, str(item["label"]), float(item["score"]), role)
