"""Learned weights: signals are hashed, so the file holds numbers only and no word of any text."""

from __future__ import annotations

import struct
import sys
from array import array
from functools import lru_cache
from importlib.resources import files
from operator import getitem
from typing import TYPE_CHECKING, Final
from zlib import crc32

from geo.mentions.templates import KNOWN_GROUPS, UNKNOWN_GROUPS
from geo.mentions.vocabulary import Vocabulary, begun

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from geo.mentions.templates import Facts, Group, Value

_HEAD: Final = struct.Struct("<4sIf")
_MAGIC: Final = b"GMW1"
GROUPS: Final = {"known": KNOWN_GROUPS, "unknown": UNKNOWN_GROUPS}
_SCALE: Final = 1000.0
_KEPT: Final = 4096
_KEPT_SUMS: Final = 16384
"""Contexts of names: some thousands of documents fill it, and 500 documents alone bring 10,000."""
BIAS: Final = ("bias", "1")


def hashed(template: str, value: Value) -> int:
    """Number under which the weight of a signal is stored.

    >>> hashed("l1", "in") == hashed("l1", "in") != hashed("r1", "in")
    True
    """
    return crc32(f"{template}={value}".encode())


class Table(dict["Value", float]):
    """Weights of one template by value, looked up once; those of values never learned are 0."""

    __slots__ = ("begun", "hashes")

    def __init__(self, template: str, hashes: Mapping[int, float]) -> None:
        super().__init__()
        self.begun, self.hashes = begun(template), hashes

    def __missing__(self, value: Value) -> float:
        if len(self) > _KEPT:
            self.clear()
        # as `hashed`, gone on with from the template
        weight = 0.0 if value == "" else self.hashes.get(crc32(str(value).encode(), self.begun), 0.0)
        self[value] = weight
        return weight


class Sums(dict[tuple["Value", ...], float]):
    """What the signals of one group weigh together, by the facts that decide them."""

    __slots__ = ("group", "tables")

    def __init__(self, group: Group, hashes: Mapping[int, float]) -> None:
        super().__init__()
        self.group, self.tables = group, [Table(template, hashes) for template in group.templates]

    def __missing__(self, facts: tuple[Value, ...]) -> float:
        if len(self) > _KEPT_SUMS:
            self.clear()
        weight = self[facts] = sum(map(getitem, self.tables, self.group.values(*facts)))
        return weight


class Cues(dict[tuple[str, int], float]):
    """What a piece of the rules' evidence weighs, alone and with the prominence of the name, by both."""

    __slots__ = ("alone", "sized")

    def __init__(self, hashes: Mapping[int, float]) -> None:
        super().__init__()
        self.alone, self.sized = Table("cue", hashes), Table("cuesize", hashes)

    def __missing__(self, sized: tuple[str, int]) -> float:
        weight = self[sized] = self.alone[sized[0]] + self.sized[sized]
        return weight


class Weights:
    """Weights of one decision.

    Parameters
    ----------
    groups : sequence of Group
        What the facts handed in belong to, in their order.
    hashes : mapping of int to float
        Weight by `hashed` signal.

    Attributes
    ----------
    vocabulary : Vocabulary
        Of the words in facts.
    bias : float
    """

    def __init__(self, groups: Sequence[Group], hashes: Mapping[int, float]) -> None:
        self._sums = [Sums(group, hashes) for group in groups]
        self._cues, self._has = Cues(hashes), Table("has", hashes)
        self.vocabulary = Vocabulary(hashes)
        self.bias = hashes.get(hashed(*BIAS), 0.0)

    def evidence(self, facts: Facts) -> float:
        """Log-odds for the facts of each group."""
        return self.bias + sum(map(getitem, self._sums, facts))

    def of_cues(self, features: Iterable[tuple[str, float]], rough: int, prior: Mapping[str, float]) -> float:
        """Log-odds for the rules' evidence on a name of some rough prominence, with what is known of it before."""
        weighed, known = self._cues, prior.get
        return sum([weighed[name, rough] + known(name, 0.0) for name, _ in features])

    def of_classes(self, classes: Iterable[str]) -> float:
        """Log-odds for the classes of the words of an unknown name, each counted once."""
        has = self._has
        return sum([has[word] for word in sorted(set(classes))])


def dumps(weights: Mapping[int, float]) -> bytes:
    """Pack weights: a header, the hashes in order, and a thousandth of log-odds each as two bytes.

    What weighs nothing stays: it says that a signal was seen, on which `geo.mentions.vocabulary` relies.
    """
    keys = sorted(weights)
    numbers = array("h", (max(-32768, min(32767, round(weights[key] * _SCALE))) for key in keys))
    hashes = array("I", keys)
    if sys.byteorder == "big":
        hashes.byteswap()
        numbers.byteswap()
    return _HEAD.pack(_MAGIC, len(keys), _SCALE) + hashes.tobytes() + numbers.tobytes()


def loads(packed: bytes) -> dict[int, float]:
    """Unpack what `dumps` made.

    Raises
    ------
    ValueError
        The bytes are something else, or not whole.
    """
    if len(packed) < _HEAD.size:
        raise ValueError("learned weights: the file is too short")
    magic, count, scale = _HEAD.unpack_from(packed)
    if magic != _MAGIC or len(packed) != _HEAD.size + 6 * count:
        raise ValueError("learned weights: the file is not whole or of another version")
    hashes, numbers = array("I"), array("h")
    hashes.frombytes(packed[_HEAD.size : _HEAD.size + 4 * count])
    numbers.frombytes(packed[_HEAD.size + 4 * count :])
    if sys.byteorder == "big":
        hashes.byteswap()
        numbers.byteswap()
    return {key: number / scale for key, number in zip(hashes, numbers, strict=True)}


@lru_cache(maxsize=4)
def load(name: str) -> Weights:
    """Weights of a decision that come with the package: "known" or "unknown" names."""
    packed = (files("geo.mentions") / "data" / f"{name}.weights").read_bytes()
    return Weights(GROUPS[name], loads(packed))
