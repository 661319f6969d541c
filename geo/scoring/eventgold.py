"""Gold files for events: texts with what happened in them, where, when and who says so (docs/events.md)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from gazetteer.types import Place
from geo.errors import InputError
from geo.types import Document, Mention, Resolution, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROLES: Final[Mapping[str, Role]] = {"L": "literal", "M": "metonym", "X": "modifier"}

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class EventCase:
    """One gold document.

    Attributes
    ----------
    gold : dict
        ``events`` and, optionally, ``also_true``; ``part`` names the part of the file it belongs to.
    document : Document
    places : mapping of str to dict
        What the keys of ``gold["events"][i]["places"]`` stand for: ``id``, ``kind``, ``country``, ``lat``,
        ``lon`` and ``tol`` (km).
    resolutions : tuple of Resolution or None
        Mentions with their places where the gold gives them, so that only events are measured; None: the
        pipeline finds them.
    """

    gold: Record
    document: Document
    places: Mapping[str, Record]
    resolutions: tuple[Resolution, ...] | None = None


def load(path: str | Path) -> list[EventCase]:
    """Read a gold file: JSON Lines with mentions given, or one JSON object with ``places`` and ``documents``.

    Raises
    ------
    InputError
        The file cannot be read or a record is not as docs/events.md says.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as gold events ({error})") from error
    cases = list(_whole(Path(path), text) if _is_object(text) else _lines(str(path), text))
    if not cases:
        raise InputError(f"{path}: holds no gold documents; docs/events.md describes the file")
    return cases


def _is_object(text: str) -> bool:
    try:
        loaded = json.loads(text)
    except ValueError:
        return False
    return isinstance(loaded, dict) and "documents" in loaded


def _lines(where: str, text: str) -> Iterator[EventCase]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield case(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(f"{where}:{number}: no gold record of events ({error!r})") from error


def case(record: Record) -> EventCase:
    """A gold record of one line: ``id``, ``text``, ``date`` or null, ``mentions``, ``events``, ``also_true``.

    Raises
    ------
    KeyError, ValueError, TypeError
        A key is missing, a mention does not stand in the text, or an event names a place that is none.
    """
    day = date.fromisoformat(record["date"]) if record.get("date") else None
    document = Document(str(record["id"]), record["text"], date=day)
    known = tuple(resolutions(record["text"], record["mentions"]))
    places = {item.mention.text: _target(item.place) for item in known if item.place}
    for entry in (*record["events"], *record.get("also_true", ())):
        unknown = _named(entry) - places.keys()
        if unknown:
            raise ValueError(f"no mention is called {', '.join(sorted(unknown))}")
    return EventCase(record, document, places, known)


def _named(entry: Record) -> set[str]:
    """Keys of the places that a gold event names."""
    origin = [entry["origin"]] if entry.get("origin") else []
    return {*entry["places"], *entry.get("optional_places", ()), *entry.get("destinations", ()), *origin}


def _target(place: Place) -> Record:
    return {"id": place.id, "kind": place.kind, "country": "", "lat": 0, "lon": 0, "tol": -1}


def resolutions(text: str, mentions: Sequence[str]) -> list[Resolution]:
    """Resolutions of `mentions`, found one after the other in `text`.

    A mention is written ``name|role|kind|parent|country``; role L literal, M metonym, X modifier; what is
    left out makes a city of nowhere.
    """
    found, at = [], 0
    for entry in mentions:
        name, role, kind, parent, country = (*entry.split("|"), "", "", "")[:5]
        start = text.index(name, at)
        at = start + len(name)
        admin1 = f"gold:{parent}" if parent else None
        place = Place(f"gold:{name}", name, kind or "city", country or None, admin1, 0.0, 0.0)
        found.append(Resolution(Mention(start, at, name, ROLES[role], name.lower()), place, 1.0))
    return found


def _whole(path: Path, text: str) -> Iterator[EventCase]:
    """Documents of one JSON object, each with its ``text`` or the ``file`` that holds it."""
    loaded = json.loads(text)
    for number, entry in enumerate(loaded["documents"], 1):
        try:
            content = entry["text"] if "text" in entry else _file(path, entry["file"])
            day = date.fromisoformat(entry["date"]) if entry.get("date") else None
            name = str(entry.get("id") or entry["file"])
            places = loaded["places"]
            for item in entry["events"]:
                missing = _named(item) - places.keys()
                if missing:
                    raise ValueError(f"places has no {', '.join(sorted(missing))}")
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}: document {number} is no gold record of events ({error!r})") from error
        yield EventCase(entry, Document(name, content, date=day), places)


def _file(gold: Path, name: str) -> str:
    """Text of a file beside the gold file, or in the folder ``seeds`` beside its folder."""
    for folder in (gold.parent, gold.parent.parent / "seeds"):
        found = (folder / name).resolve()
        if found.is_file() and folder.resolve() in found.parents:
            return found.read_text(encoding="utf-8")
    raise ValueError(f"{name}: no such file beside the gold file")


__all__ = ["EventCase", "case", "load", "resolutions"]
