"""What own data knows beyond `gazetteer.types.Place`: dates and languages of names, links, members of other formats.

Sections ``details.offsets`` and ``details.blocks``: one line of JSON per place, `BLOCK` places to a zlib block. The
package's own gazetteer has none; nothing is read before it is asked for.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gazetteer.artefact import BLOCK
from gazetteer.types import NameUse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Name(NamedTuple):
    """One name of a place.

    Attributes
    ----------
    text : str
    use : NameUse
    lang : str
        BCP 47 or ISO 639 code as the source has it, "" where unknown.
    since, until : str
        When it was in use, ISO 8601 and shortened where the day is unknown ("1924", "-0300"); "" where open.
    """

    text: str
    use: NameUse = NameUse.ALTERNATE
    lang: str = ""
    since: str = ""
    until: str = ""

    @property
    def plain(self) -> bool:
        """Whether text and use say it all."""
        return not (self.lang or self.since or self.until)


@dataclass(frozen=True, slots=True)
class Details:
    """What is kept of one place.

    Attributes
    ----------
    names : tuple of Name
        Names that have a language or dates.
    links : tuple of str
        Addresses and prefixed identifiers (``wd:Q212``) that mean the same place.
    extra : mapping
        Members of its Linked Places record for which the gazetteer has no field of its own, as they were.
    """

    names: tuple[Name, ...] = ()
    links: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.names or self.links or self.extra)


def encode(details: Details) -> str:
    """One line of JSON, "" where there is nothing to keep."""
    if not details:
        return ""
    record: dict[str, Any] = {}
    if details.names:
        record["names"] = [[n.text, int(n.use), n.lang, n.since, n.until] for n in details.names]
    if details.links:
        record["links"] = details.links
    if details.extra:
        record["extra"] = details.extra
    return _ENCODER.encode(record)


_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":")
)  # made once: there are millions


def decode(line: str) -> Details:
    """Read what `encode` wrote."""
    record = json.loads(line) if line else {}
    names = tuple(Name(text, NameUse(use), *rest) for text, use, *rest in record.get("names", ()))
    return Details(names, tuple(record.get("links", ())), record.get("extra", {}))


def block(lines: Sequence[str]) -> bytes:
    """Compress the lines of one block of places."""
    return zlib.compress("\n".join(lines).encode(), 6)


def read(sections: Mapping[str, memoryview], index: int) -> Details:
    """Details of the place with that number; none where the artefact holds none."""
    if "details.offsets" not in sections:
        return Details()
    offsets = sections["details.offsets"].cast("I")
    start, end = offsets[index // BLOCK], offsets[index // BLOCK + 1]
    lines = zlib.decompress(bytes(sections["details.blocks"][start:end])).decode().split("\n")
    return decode(lines[index % BLOCK])
