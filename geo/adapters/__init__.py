"""Other people's recognisers behind the protocol of ours: a model says what is a name of a place.

    spacy:MODEL    a spaCy pipeline (a name or a folder), entities GPE, LOC, FAC, NORP
    hf:MODEL       Hugging Face token classification (a name or a folder)
    gliner:MODEL   GLiNER (a name or a folder)
    openai:MODEL   an endpoint that speaks as OpenAI's chat completions do: the model names, nothing else

Whatever the model says, spans are checked against the text and our gazetteer places them. Libraries are imported
when a model is loaded; a missing one is named with the extra that brings it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from geo.adapters.recogniser import ModelRecogniser, Named, Namer
from geo.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.adapters.recogniser import Recogniser

__all__ = ["FAMILIES", "ModelRecogniser", "Named", "Namer", "make"]


def _spacy(model: str, base_url: str | None) -> Namer:  # noqa: ARG001
    from geo.adapters.spacy_names import SpacyNamer

    return SpacyNamer.load(model)


def _hugging_face(model: str, base_url: str | None) -> Namer:  # noqa: ARG001
    from geo.adapters.token_names import TokenNamer

    return TokenNamer.load(model)


def _gliner(model: str, base_url: str | None) -> Namer:  # noqa: ARG001
    from geo.adapters.gliner_names import GlinerNamer

    return GlinerNamer.load(model)


def _openai(model: str, base_url: str | None) -> Namer:
    from geo.adapters.chat_names import ChatNamer
    from geo.adapters.endpoint import Endpoint

    return ChatNamer(Endpoint.at(model, base_url).ask)


FAMILIES: Final[dict[str, Callable[[str, str | None], Namer]]] = {
    "spacy": _spacy,
    "hf": _hugging_face,
    "gliner": _gliner,
    "openai": _openai,
}


def make(spec: str, rules: Recogniser, *, base_url: str | None = None) -> ModelRecogniser:
    """Make the recogniser that a name stands for.

    Parameters
    ----------
    spec : str
        ``FAMILY:MODEL``, such as ``spacy:en_core_web_sm``.
    rules : Recogniser
        Ours: lends role, head and span to the names that both find.
    base_url : str, optional
        Of the endpoint, for ``openai:``.

    Raises
    ------
    geo.errors.OptionError
        No such family, no model, or the model cannot be loaded.
    geo.errors.MissingExtraError
        Its library is not installed.
    """
    family, _, model = spec.partition(":")
    if family not in FAMILIES or not model:
        known = ", ".join(f"{name}:MODEL" for name in FAMILIES)
        raise OptionError(f"recogniser: {spec!r} is none; there are rules, {known}")
    if base_url is not None and family != "openai":
        raise OptionError(f"base-url: only openai:MODEL has an endpoint, not {spec!r}")
    return ModelRecogniser(FAMILIES[family](model, base_url), rules, spec)
