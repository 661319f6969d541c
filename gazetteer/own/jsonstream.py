"""Features of a JSON text one by one, be it a FeatureCollection or one feature per line, without holding it whole."""

from __future__ import annotations

import codecs
import json
from typing import IO, TYPE_CHECKING, Any, Final

from gazetteer.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK: Final = 1 << 18
_LARGEST: Final = 256 << 20
_SPACE: Final = " \t\r\n"
_MORE: Final = 64


def _constant(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


class Features:
    """Iterates over (line, bytes read since the one before, feature).

    Parameters
    ----------
    stream : binary stream
        UTF-8, with or without a byte order mark.
    where : str
        Names the file in errors.

    Raises
    ------
    SourceError
        While iterating: the text is no JSON from some line on.
    """

    def __init__(self, stream: IO[bytes], where: str) -> None:
        self._stream = stream
        self._where = where
        self._decoder = json.JSONDecoder(parse_constant=_constant)
        self._utf8 = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._at = 0
        self._line = 1
        self._ended = False
        self._read = 0

    def __iter__(self) -> Iterator[tuple[int, int, Any]]:
        try:
            yield from self._values()
        except (ValueError, RecursionError) as error:
            if isinstance(error, SourceError):
                raise
            raise SourceError(f"{self._where}, line {self._line}: no JSON ({error})") from error

    def _values(self) -> Iterator[tuple[int, int, Any]]:
        while self._peek():
            if self._peek() != "{":
                raise ValueError(f"a feature starts with {{, not with {self._peek()!r}")
            yield from self._top()

    def _top(self) -> Iterator[tuple[int, int, Any]]:
        """A collection, whose features are given as they are met, or one feature."""
        line, head = self._line, {}
        self._take("{")
        listed = False
        while self._peek() != "}":
            key = self._value()
            self._take(":")
            if key == "features" and self._peek() == "[":
                listed = True
                yield from self._array()
            else:
                head[key] = self._value()
            if self._peek() == ",":
                self._take(",")
            elif self._peek() != "}":
                raise ValueError("a comma or } is missing; is the file cut short?")
        self._take("}")
        if not listed:
            yield line, self._spent(), head

    def _array(self) -> Iterator[tuple[int, int, Any]]:
        self._take("[")
        while self._peek() != "]":
            line = self._line
            value = self._value()
            yield line, self._spent(), value
            if self._peek() == ",":
                self._take(",")
            elif self._peek() != "]":
                raise ValueError("a comma or ] is missing; is the file cut short?")
        self._take("]")

    def _spent(self) -> int:
        spent, self._read = self._read, 0
        return spent

    def _more(self, least: int = _CHUNK) -> bool:
        """Read on; False at the end."""
        if self._ended:
            return False
        self._text, self._at = self._text[self._at :], 0
        if len(self._text) > _LARGEST:
            raise ValueError(f"one value is larger than {_LARGEST >> 20} MB")
        chunk = self._stream.read(max(least, len(self._text)))
        self._read += len(chunk)
        self._ended = not chunk
        self._text += self._utf8.decode(chunk, final=self._ended)
        return True

    def _peek(self) -> str:
        """The next character that is no space, "" at the end."""
        while True:
            start = self._at
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            self._line += self._text.count("\n", start, self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _take(self, char: str) -> None:
        if self._peek() != char:
            raise ValueError(f"{char} is missing; is the file cut short?")
        self._at += 1

    def _value(self) -> Any:
        """Decode one value; a number or word at the very end of what is held may go on."""
        self._peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._at)
                if end + _MORE < len(self._text) or self._ended or self._text[end - 1] in '}]"':
                    break
            except json.JSONDecodeError:
                if self._ended:
                    raise
            if not self._more() and self._ended:
                value, end = self._decoder.raw_decode(self._text, self._at)
                break
        self._line += self._text.count("\n", self._at, end)
        self._at = end
        return value
