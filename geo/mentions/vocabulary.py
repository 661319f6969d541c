"""Words and pairs of words that the learned weights know: what they do not know weighs nothing, whatever it is.

A signal is learned only if the signals that its parts make were seen, too. So a word that no weight stands for at
its place beside a name may be left out of all of them, and the few contexts that remain come back often.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

from geo.mentions.templates import last_letters, last_two

if TYPE_CHECKING:
    from collections.abc import Callable, Container

    from geo.mentions.templates import Value

_KEPT: Final = 8192


def begun(template: str) -> int:
    """Hash of a signal as far as its template goes."""
    return crc32(f"{template}=".encode())


class Known(dict["Value", Any]):
    """Values of one template, each by itself where a weight stands for it; "" for others.

    Parameters
    ----------
    template : str
    hashes : container of int
        Of the signals that were seen in learning.
    """

    __slots__ = ("_begun", "_hashes")

    def __init__(self, template: str, hashes: Container[int]) -> None:
        super().__init__()
        self._begun, self._hashes = begun(template), hashes

    def __missing__(self, value: Value) -> Value:
        if len(self) > _KEPT:
            self.clear()
        found = self[value] = value if self._weighs(value) else self._instead(value)
        return found

    def _weighs(self, value: Value) -> bool:
        return value != "" and crc32(str(value).encode(), self._begun) in self._hashes

    def _instead(self, value: Value) -> Value:
        del value
        return ""


class KnownByEnding(Known):
    """The same for words whose endings are a signal, too: one word stands for all that share theirs.

    Parameters
    ----------
    template, ending : str
    ending_of : callable
        Value of the second template for a word.
    hashes : container of int
    """

    __slots__ = ("_alike", "_ending_of", "_endings")

    def __init__(
        self, template: str, ending: str, ending_of: Callable[[str], str], hashes: Container[int]
    ) -> None:
        super().__init__(template, hashes)
        self._endings, self._ending_of = Known(ending, hashes), ending_of
        self._alike: dict[str, str] = {}

    def _instead(self, value: Value) -> Value:
        ending = self._endings[self._ending_of(value)]
        return self._alike.setdefault(ending, value) if ending else ""


class _Same(dict["Value", Any]):
    """Every value for itself."""

    def __missing__(self, value: Value) -> Value:
        return value


class Vocabulary:
    """What stands for the words beside a name, for pairs of them, and for the last letters of a name.

    Parameters
    ----------
    hashes : container of int, optional
        Of the signals that were seen in learning. Without them each word stands for itself, to be learned from.
    """

    l1: dict[Value, Any]
    l2: dict[Value, Any]
    l3: dict[Value, Any]
    l21: dict[Value, Any]
    r1: dict[Value, Any]
    r2: dict[Value, Any]
    r3: dict[Value, Any]
    r12: dict[Value, Any]
    end: dict[Value, Any]

    def __init__(self, hashes: Container[int] | None = None) -> None:
        if hashes is None:
            self.l1 = self.l2 = self.l3 = self.l21 = self.r1 = self.r2 = self.r3 = self.r12 = self.end = (
                _Same()
            )
            return
        self.l1 = KnownByEnding("l1", "ls", last_letters, hashes)
        self.r1 = KnownByEnding("r1", "rs", last_letters, hashes)
        self.end = KnownByEnding("end3", "end2", last_two, hashes)
        self.l2, self.l3, self.l21 = (Known(name, hashes) for name in ("l2", "l3", "l21"))
        self.r2, self.r3, self.r12 = (Known(name, hashes) for name in ("r2", "r3", "r12"))


EVERY: Final = Vocabulary()
