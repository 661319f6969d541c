"""Learned weights: signals are hashed, so the file holds numbers only and no word of any text."""

from __future__ import annotations

import math
import struct
import sys
from array import array
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.mentions.signals import Signal

_HEAD: Final = struct.Struct("<4sIf")
_MAGIC: Final = b"GMW1"
_SCALE: Final = 1000.0
_KEPT: Final = 200_000
BIAS: Final[Signal] = ("", "")


def hashed(signal: Signal) -> int:
    """Number under which the weight of a signal is stored.

    >>> hashed(("l1", "in")) == hashed(("l1", "in")) != hashed(("r1", "in"))
    True
    """
    return crc32(f"{signal[0]}={signal[1]}".encode())


class Weights(dict["Signal", float]):
    """Weights of one decision by signal; those of signals never learned are 0.

    Parameters
    ----------
    hashes : mapping of int to float
        Weight by `hashed` signal.
    """

    def __init__(self, hashes: Mapping[int, float]) -> None:
        super().__init__()
        self.hashes = hashes

    def __missing__(self, signal: Signal) -> float:
        if len(self) > _KEPT:
            self.clear()
        weight = self[signal] = self.hashes.get(hashed(signal), 0.0)
        return weight

    def evidence(self, signals: Iterable[Signal]) -> float:
        """Log-odds for a set of signals."""
        return self[BIAS] + math.fsum(map(self.__getitem__, signals))


def dumps(weights: Mapping[int, float]) -> bytes:
    """Pack weights: a header, the hashes in order, and a thousandth of log-odds each as two bytes."""
    keys = sorted(key for key, weight in weights.items() if round(weight * _SCALE))
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
    return Weights(loads((files("geo.mentions") / "data" / f"{name}.weights").read_bytes()))
