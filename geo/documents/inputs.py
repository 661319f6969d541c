"""What the user names on the command line, as a sorted list of files."""

from __future__ import annotations

import glob
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.documents.failure import Failure
from geo.documents.packed import inner
from geo.documents.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORMATS: Final[dict[str, str]] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
}
"""Suffix -> format. In a folder only these are documents; a file named by itself may have any suffix.

Behind these, ``.gz`` and ``.zst`` say that the file is packed.
"""

STDIN: Final = "-"
MANIFEST: Final = "manifest.json"
RECORDS: Final = "records"
OTHERS: Final = ("events", "places")
"""In a folder that `geo parse` wrote: what says so, its records, and what was made of them."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file to read.

    Attributes
    ----------
    name : str
        Its path as given, with ``/``.
    format : str or None
        None where the suffix is silent.
    named : bool
        False where it was found in a folder or by a pattern: then it may be passed over.
    """

    name: str
    format: str | None
    named: bool = True

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.name)


def expand(
    inputs: Iterable[str | os.PathLike[str]], *, leave: Iterable[str | os.PathLike[str]] = ()
) -> Iterator[Item | Failure]:
    """List the files behind files, folders, globs and ``-`` (standard input).

    A folder is walked with its subfolders, in sorted order; hidden files and folders, READMEs, files of other
    kinds and what a run of `geo parse` has not finished are no documents; maps, reports and tables of ours are
    passed over when they are opened (`geo.documents.made`). A file that is named twice is read once.

    Parameters
    ----------
    inputs : iterable of path-like
    leave : iterable of path-like
        Files and folders that are passed over where they lie in a folder: what is being written.

    Yields
    ------
    Item or Failure
        A Failure for a missing path, a pattern without a match and a folder without documents. Nothing for
        an empty list.
    """
    seen = Tally()
    left = frozenset(os.path.realpath(path) for path in leave)
    for given in inputs:
        for item in _expand_one(os.fspath(given), left):
            if isinstance(item, Item):
                real = item.name if item.name == STDIN else os.path.realpath(item.name)
                if seen.add(real) > 1:
                    continue
            yield item


def is_among(path: str | os.PathLike[str], inputs: Iterable[str | os.PathLike[str]]) -> bool:
    """Whether an existing file is one that `expand` would list for these inputs."""
    if not Path(path).is_file():
        return False
    real = Path(os.path.realpath(path))
    for one in inputs:
        given = os.fspath(one)
        if given == STDIN or "\0" in given:
            continue
        if Path(given).is_dir():
            if real.is_relative_to(os.path.realpath(given)) and _is_document(real.name):
                return True
        elif glob.has_magic(given) and not Path(given).exists():
            if any(os.path.samefile(name, real) for name in glob.iglob(given, recursive=True)):  # noqa: PTH121, PTH207
                return True
        elif Path(os.path.realpath(given)) == real:
            return True
    return False


def is_readme(name: str) -> bool:
    """Whether a file only describes its folder (README, readme.md, README.de.txt)."""
    return name.lower().split(".")[0] == "readme"


def _expand_one(given: str, left: frozenset[str]) -> Iterator[Item | Failure]:
    if given == STDIN:
        yield Item(STDIN, None)
    elif not given or "\0" in given:
        yield Failure(repr(given), "is no path", "name a file, a folder, a pattern or -")
    elif Path(given).is_dir():
        yield from _folder(given, left)
    elif Path(given).exists():
        yield _item(given)
    elif glob.has_magic(given):
        yield from _pattern(given)
    else:
        yield Failure(given, "there is no such file or folder", "check the path")


def _folder(folder: str, left: frozenset[str]) -> Iterator[Item | Failure]:
    locked: list[OSError] = []
    found = False
    for root, folders, files in os.walk(folder, onerror=locked.append):
        real = os.path.realpath(root)
        folders[:] = sorted(name for name in folders if not _passed_over(real, name, left))
        if {RECORDS, *OTHERS} <= set(folders) and MANIFEST in files:  # what geo parse wrote as a folder
            folders[:] = [RECORDS]
        for name in sorted(files):
            if _is_document(name) and os.path.join(real, name) not in left:  # noqa: PTH118
                found = True
                yield _item(os.path.join(root, name), named=False)  # noqa: PTH118  (keeps the path as given)
    for error in locked:
        where = str(error.filename or folder).replace(os.sep, "/")
        yield Failure(where, f"this folder cannot be opened ({error.strerror})", "check its permissions")
    if not found and not locked:
        remedy = f"documents end in {' '.join(FORMATS)}; README and hidden files do not count"
        yield Failure(folder, "there is no document in this folder", remedy)


def _passed_over(root: str, name: str, left: frozenset[str]) -> bool:
    """Whether a folder is hidden, to be left out, or what `geo parse` fills until it is done."""
    path = Path(root) / name
    unfinished = name.endswith(".part") and (path / MANIFEST).is_file()
    return name.startswith(".") or unfinished or str(path) in left


def _pattern(pattern: str) -> Iterator[Item | Failure]:
    names = [
        name
        for name in sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207  (absolute patterns too)
        if Path(name).is_file() and not is_readme(Path(name).name)
    ]
    if not names:
        yield Failure(pattern, "no file matches this pattern", "check the pattern; quote it in the shell")
    yield from (_item(name, named=False) for name in names)


def _is_document(name: str) -> bool:
    return inner(name).suffix.lower() in FORMATS and not name.startswith(".") and not is_readme(name)


def _item(path: str, *, named: bool = True) -> Item:
    return Item(path.replace(os.sep, "/"), FORMATS.get(inner(path).suffix.lower()), named)
