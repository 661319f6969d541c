"""What every reader of own data yields, and what makes a place unusable."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gazetteer.names import fold
from gazetteer.types import KINDS

if TYPE_CHECKING:
    from gazetteer.details import Name

LONGEST: Final = 1000
"""Characters of a name or id."""

_KNOWN: Final = frozenset(KINDS)
_MOST: Final = 2**32 - 1
_BAD: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff]")
_SURROGATE: Final = re.compile(r"[\ud800-\udfff]")
_GEONAMES: Final = re.compile(r"geonames:0*([1-9][0-9]*)", re.ASCII)


@dataclass(slots=True)
class Entry:
    """One place as own data has it; fields as in `gazetteer.types.Place`.

    Attributes
    ----------
    alternates : str
        Further names without use, separated by commas, as GeoNames has them.
    outline : bytes
        WKB of an area on the grid of the artefact, b"" where there is none.
    code : str
        GeoNames code of the unit or country it may stand for, with `rank` of the claim (lower is better).
    geonames : bool
        Whether the rules for GeoNames rows hold for its names.
    """

    id: str
    name: str
    kind: str
    lon: float
    lat: float
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    precision_km: float = 0.0
    names: list[Name] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    alternates: str = ""
    outline: bytes = b""
    code: str = ""
    rank: int = 0
    geonames: bool = False


class More(NamedTuple):
    """A further name or link of a place that another line describes."""

    id: str
    name: Name | None = None
    link: str = ""
    display: bool = False


class Reject(NamedTuple):
    """A line that was not used, or only in part."""

    line: int
    reason: str
    kept: bool = False


Item = Entry | More | Reject


def checked(entry: Entry) -> Entry:
    """Tidy an entry.

    Raises
    ------
    ValueError
        It cannot be a place; the message says why.
    """
    entry.name = " ".join(entry.name.split())
    if not fold(entry.name):
        raise ValueError(
            "the name is empty" if not entry.name else f"no letter or digit in the name {entry.name!r}"
        )
    if len(entry.name) > LONGEST or _SURROGATE.search(entry.name):
        raise ValueError(f"the name is longer than {LONGEST} characters or no text")
    if not (-180 <= entry.lon <= 180 and -90 <= entry.lat <= 90):
        raise ValueError(f"no point on the globe: lon {entry.lon}, lat {entry.lat}")
    if not entry.lon and not entry.lat:
        raise ValueError("the point is 0, 0, which stands for an unknown one")
    if entry.kind not in _KNOWN:
        raise ValueError(f"there is no kind {entry.kind!r}; choose from {', '.join(KINDS)}")
    if not 0 <= entry.population <= _MOST:
        raise ValueError(f"population {entry.population} is not between 0 and {_MOST}")
    if not 0 <= entry.precision_km <= 6553.5:
        raise ValueError(f"precision_km {entry.precision_km} is not between 0 and 6553.5")
    entry.id = _id(entry)
    return entry


def _id(entry: Entry) -> str:
    """The id, with a scheme; made from name, kind and point where the data has none."""
    if not entry.id:
        basis = f"{entry.name}|{entry.kind}|{entry.lon:.5f}|{entry.lat:.5f}"
        return f"own:{hashlib.blake2b(basis.encode(), digest_size=8).hexdigest()}"
    text = entry.id if ":" in entry.id else f"own:{entry.id}"
    if _BAD.search(text) or len(text) > LONGEST:
        raise ValueError(f"the id {entry.id[:60]!r} holds a space or control character, or is too long")
    if match := _GEONAMES.fullmatch(text):
        if int(match[1]) > _MOST:
            raise ValueError(f"the id {entry.id[:60]!r} is larger than any of GeoNames")
        return f"geonames:{int(match[1])}"
    if text.startswith("geonames:"):
        raise ValueError(f"the id {entry.id[:60]!r} is no GeoNames id: a whole number above 0 must follow")
    return text
