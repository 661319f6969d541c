"""Bytes to text: binary files are refused, other encodings than UTF-8 are read and reported."""

from __future__ import annotations

import codecs
import re
from typing import IO, Final

MAX_BYTES: Final = 10_000_000
"""Largest single document, in bytes. A long book has 2 MB; more than this is a dump that wants splitting."""

_BLOCK: Final = 1 << 20
_SAMPLE: Final = 1 << 20
"""Bytes of lines that are not ASCII by which the encoding of a long file is guessed."""
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC: Final = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
)
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_CONTROL: Final = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f\x1b")
_FOREIGN: Final = re.compile(rb"[\xc0-\xff]{4}")
"""Four such bytes on end are a word of another script, never an accent or a typographic mark."""


class NotTextError(ValueError):
    """The bytes are no text; the message says what they seem to be."""


def decode(data: bytes) -> tuple[str, str | None]:
    r"""Decode the bytes of a document.

    Parameters
    ----------
    data : bytes

    Returns
    -------
    text : str
        Line ends are kept as they are, a byte order mark is not; no lone surrogates.
    note : str or None
        What was done where the bytes were not UTF-8, for the user.

    Raises
    ------
    NotTextError
        The bytes are no text.

    Examples
    --------
    >>> decode("Kyïv".encode())
    ('Kyïv', None)
    >>> decode(b"")
    ('', None)
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding)
    _refuse_binary(data)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        return _other(data)


def clean(text: str) -> str:
    """Replace lone surrogates (JSON can hold them, UTF-8 cannot) by U+FFFD."""
    try:
        text.encode()  # many times as quick as looking for them
    except UnicodeEncodeError:
        return _SURROGATES.sub("�", text)
    return text


def _strict(data: bytes, encoding: str) -> tuple[str, str | None]:
    try:
        return clean(data.decode(encoding)), None
    except UnicodeDecodeError:
        text = data.decode(encoding, errors="replace")
        return text, f"is not valid {encoding.upper()}; {_bad(text)} replaced by U+FFFD"


def _refuse_binary(data: bytes) -> None:
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise NotTextError(f"is {name}, not text")
    if b"\0" in data:
        raise NotTextError("is a binary file, not text")
    head = data[:8192]
    control = len(head) - len(head.translate(None, _CONTROL))
    if control > len(head) / 20:
        raise NotTextError("is a binary file, not text")


def survey(stream: IO[bytes]) -> tuple[str, str | None]:
    """Find the encoding of a long text by reading it through once, in little memory.

    Parameters
    ----------
    stream : binary file
        Is read to its end.

    Returns
    -------
    encoding : str
        To be read with ``errors="replace"``.
    note : str or None
        As `decode` gives it.

    Raises
    ------
    NotTextError
        The bytes are no text.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    block = stream.read(_BLOCK)
    for bom, encoding in _BOMS:
        if block.startswith(bom):
            return encoding, None
    _refuse_binary(block)
    sample, sampled, bad = bytearray(), 0, 0
    while block:
        if b"\0" in block:
            raise NotTextError("is a binary file, not text")
        bad += decoder.decode(block).count("�") - block.count("�".encode())
        if len(sample) < _SAMPLE:
            sampled += len(block)
            if not block.isascii():
                sample += b"".join(line for line in block.splitlines(keepends=True) if not line.isascii())
        block = stream.read(_BLOCK)
    bad += len(decoder.decode(b"", final=True))
    return _guess(bytes(sample), sampled) if bad else ("utf-8", None)


def _other(data: bytes) -> tuple[str, str]:
    """Read bytes that are not UTF-8: broken UTF-8 with replacements, else the likeliest legacy encoding."""
    encoding, note = _guess(data, len(data))
    return data.decode(encoding, errors="replace"), note


def _guess(data: bytes, length: int) -> tuple[str, str]:
    """Guess by the lines that are not ASCII, of a text of so many bytes."""
    mended = data.decode("utf-8", errors="replace")
    bad = mended.count("�")
    if sum(char > "\x7f" for char in mended) - bad > bad:
        return "utf-8", f"is not valid UTF-8; {_bad(mended)} replaced by U+FFFD"
    if _is_western(data, length):
        return "cp1252", _read_as("cp1252")
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise NotTextError("is in no encoding that could be recognised")
    return best.encoding, _read_as(best.encoding)


def _is_western(data: bytes, length: int) -> bool:
    """Whether it is Latin text with a few accents: too few bytes to guess by, and nearly always cp1252."""
    if sum(byte > 127 for byte in data) * 10 > length or _FOREIGN.search(data):
        return False
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True


def _read_as(encoding: str) -> str:
    return f"is not UTF-8; read as {encoding}. Convert it to UTF-8 if names look wrong"


def _bad(text: str) -> str:
    count = text.count("�")
    return f"{count} bad {'place was' if count == 1 else 'places were'}"
