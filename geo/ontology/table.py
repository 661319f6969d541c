"""Reads the tables of event types and triggers, and a user's own YAML beside them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_PHRASE: Final = re.compile(r"(?!~)(?:[^\[\]<>]|\[\s*\w[^\[\]<>]*\]|<\s*\w[^\[\]<>]*>)+")
STOP: Final = "-"
"""Type of phrases that look like a trigger and are none."""
POSITIONS: Final = ("verb", "noun", "adj")


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of the trigger table: phrases of one part of speech that stand for one type.

    Attributes
    ----------
    type : str
        Name of the event type, or `STOP`.
    pos : str
        verb, noun or adj.
    phrases : tuple of str
        ``[verb]`` and ``<noun>`` stand for all their forms, ``~`` for up to four words, ``@set`` for one
        word of a named set.
    flags : frozenset of str
        ``object``: the object is the place or stands in it. ``passive``: the subject is. ``place``: no
        event without a place in its clause.
    needs : frozenset of str
        Words of which one must stand in the sentence; empty for none.
    """

    type: str
    pos: str
    phrases: tuple[str, ...]
    flags: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of event: what it means, how it is drawn, what others call it.

    ``family`` groups types that name one happening in different words (strike, shelling, explosion).
    ``roles`` are the actors' roles; ``flags`` are conflict, political, movement, each, performative (see
    docs/events.md); ``acled``, ``plover``, ``viina`` and ``ucdp`` are "" where there is no such type.
    """

    name: str
    family: str
    label: str
    definition: str
    triggers: tuple[Trigger, ...]
    roles: tuple[str, ...]
    colour: str
    symbol: str
    acled: str = ""
    plover: str = ""
    viina: str = ""
    ucdp: str = ""
    flags: frozenset[str] = frozenset()


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.files("geo.ontology").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def read_words() -> dict[str, frozenset[str]]:
    """Named word sets of the package."""
    return {row["name"]: frozenset(row["words"].split()) for row in _rows("words.csv")}


def read_triggers(words: Mapping[str, frozenset[str]]) -> list[Trigger]:
    """Triggers of the package, in the table's order: of two that match the same words the first wins."""
    return [
        _trigger(row["type"], row["pos"], row["flags"], row["phrases"].split("|"), words)
        for row in _rows("triggers.csv")
    ]


def _trigger(
    name: str, pos: str, flags: str, phrases: Iterable[str], words: Mapping[str, frozenset[str]]
) -> Trigger:
    plain = frozenset(flag for flag in flags.split() if not flag.startswith("with="))
    needs: frozenset[str] = frozenset()
    for flag in flags.split():
        if flag.startswith("with="):
            value = flag.removeprefix("with=")
            needs |= words[value[1:]] if value.startswith("@") else frozenset(value.split(","))
    return Trigger(name, pos, tuple(phrase.strip() for phrase in phrases), plain, needs)


def read_types(triggers: Iterable[Trigger]) -> dict[str, EventType]:
    """Event types of the package with their triggers, in the table's order."""
    grouped: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        grouped.setdefault(trigger.type, []).append(trigger)
    return {row["name"]: _event_type(row, tuple(grouped.get(row["name"], ()))) for row in _rows("events.csv")}


def _event_type(row: Mapping[str, str], triggers: tuple[Trigger, ...]) -> EventType:
    return EventType(
        name=row["name"],
        family=row["family"],
        label=row["label"],
        definition=row["definition"],
        triggers=triggers,
        roles=tuple(row["roles"].split()),
        colour=row["colour"],
        symbol=row["symbol"],
        acled=row["acled"],
        plover=row["plover"],
        viina=row["viina"],
        ucdp=row["ucdp"],
        flags=frozenset(row["flags"].split()),
    )


def read_extra(
    path: Path, types: dict[str, EventType], triggers: list[Trigger], words: dict[str, frozenset[str]]
) -> None:
    """Add a user's YAML to the tables, in place; see docs/events.md for its form.

    Raises
    ------
    geo.errors.InputError
        If the file cannot be read, is no mapping, or a trigger names an unknown part of speech.
    """
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read as event types ({error.strerror})") from error
    except (UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{path}: cannot be read as event types ({error})") from error
    if not isinstance(data, dict):
        raise InputError(f"{path}: expected a mapping with 'types' and 'words'")
    for part in ("words", "types"):
        if not isinstance(data.get(part) or {}, dict):
            raise InputError(f"{path}: {part!r} is no mapping of names")
    for name, listing in (data.get("words") or {}).items():
        words[str(name)] = words.get(str(name), frozenset()) | frozenset(str(listing).split())
    added: list[Trigger] = []
    for name, record in (data.get("types") or {}).items():
        added += _extra_type(path, str(name), record, types, words)
    triggers[:0] = added  # a user's row wins over the table's


def _extra_type(
    path: Path,
    name: str,
    record: Any,
    types: dict[str, EventType],
    words: Mapping[str, frozenset[str]],
) -> list[Trigger]:
    if not isinstance(record, dict):
        raise InputError(f"{path}: type {name!r} is no mapping")
    rows = []
    entries = record.get("triggers") or []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"{path}: type {name!r}: triggers are a list of {{pos, phrases}}")
    for entry in entries:
        pos = str(entry.get("pos", "verb"))
        if pos not in POSITIONS:
            raise InputError(
                f"{path}: type {name!r}: part of speech {pos!r} is none of {', '.join(POSITIONS)}"
            )
        if not isinstance(entry.get("phrases"), list):
            raise InputError(f"{path}: type {name!r}: a trigger has no list of phrases")
        phrases = [str(phrase) for phrase in entry["phrases"]]
        for phrase in phrases:
            unknown = [word for word in phrase.split() if word[0] == "@" and word[1:] not in words]
            if unknown or not _PHRASE.fullmatch(phrase.strip()):
                raise InputError(
                    f"{path}: type {name!r}: {phrase!r} is no phrase, or names an unknown set of words"
                )
        try:
            rows.append(_trigger(name, pos, str(entry.get("flags", "")), phrases, words))
        except KeyError as error:
            raise InputError(f"{path}: type {name!r}: unknown {error}") from error
    base = types.get(name) or EventType(
        name, name, name.replace("_", " ").capitalize(), "", (), ("agent",), "#555555", "dot"
    )
    keys = ("family", "label", "definition", "colour", "symbol", "acled", "plover", "viina", "ucdp")
    values: dict[str, Any] = {key: str(record[key]) for key in keys if key in record}
    values |= {key: frozenset(str(record[key]).split()) for key in ("flags",) if key in record}
    values |= {key: tuple(str(record[key]).split()) for key in ("roles",) if key in record}
    types[name] = replace(base, triggers=(*rows, *base.triggers), **values)
    return rows
