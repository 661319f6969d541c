"""What the commands share: reading the inputs, and speaking to the user."""

from __future__ import annotations

import contextlib
import os
import sys
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.group import plain
from geo.cli.progress import progress
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from gazetteer import Gazetteer
    from geo.corrections import Corrections
    from geo.documents import Failure
    from geo.types import Parsed


def say(message: str) -> None:
    """Write one line for the user, to standard error."""
    click.echo("\n".join(map(plain, message.split("\n"))), err=True)


@contextlib.contextmanager
def wrong_usage() -> Iterator[None]:
    """Make an error of a file that an option names one of usage: nothing was read for it."""
    from geo.errors import OptionError

    try:
        yield
    except InputError as error:
        raise OptionError(str(error)) from error


def spare_inputs(inputs: Sequence[str], output: str | None) -> None:
    """Refuse to replace a text of the user's with what is made of it; what we made ourselves may be replaced.

    Raises
    ------
    OptionError
        The output is a file among the inputs.
    """
    from geo.documents.inputs import is_among
    from geo.documents.made import is_records, made_here
    from geo.documents.packed import HEAD, opened
    from geo.errors import OptionError

    if not output or output == "-" or not is_among(output, inputs):
        return
    with contextlib.suppress(OSError, EOFError, zlib.error), opened(Path(output)) as stream:
        head = stream.read(HEAD)
        if not head or made_here(head) or is_records(head):
            return
    raise OptionError(f"{output}: is one of the inputs and would be replaced; choose another place with -o")


@dataclass(slots=True)
class Work:
    """One run over the inputs: what was read so far and what failed."""

    inputs: Sequence[str]
    gazetteers: Sequence[str] = ()
    day: date | None = None
    settings: dict[str, Any] = field(default_factory=dict)
    viewpoint: str = "default"
    writes: Sequence[str | os.PathLike[str]] = ()
    """Files and folders that are no input although they may lie among them: the run writes them."""
    done: int = 0
    failures: int = 0
    _gaz: Gazetteer | None = None
    _corrections: Corrections | None = None

    @property
    def corrections(self) -> Corrections | None:
        """The corrections, read once; a wrong file is told before any document is read."""
        path = self.settings.get("corrections")
        if self._corrections is None and path:
            from geo.corrections import load

            self._corrections = load(path, self.gaz)
        return self._corrections

    @property
    def gaz(self) -> Gazetteer:
        """The gazetteer, opened when it is first needed."""
        if self._gaz is None:
            import gazetteer

            self._gaz = gazetteer.open_files(self.gazetteers, viewpoint=self.viewpoint)
        return self._gaz

    def stream(self) -> Iterator[Parsed]:
        """Give the documents one by one; failures are told at once and counted.

        Raises
        ------
        InputError
            At the end, where not one document could be read: no output may be replaced then.
        """
        from geo.documents import Failure
        from geo.pipeline import run

        with progress(self.count) as shown:
            settings = {**self.settings, "corrections": self.corrections}
            for item in run(self.inputs, date=self.day, gaz=self.gaz, **settings):
                if isinstance(item, Failure):
                    shown.clear()
                    self.failed(item)
                    continue
                self.done += 1
                shown.step(item.document.id)
                yield item
        self.need_one()

    def failed(self, failure: Failure) -> None:
        """Tell of a document that could not be read, and count it."""
        self.failures += 1
        say(f"geo: {failure}")

    def need_one(self) -> None:
        """Raise InputError where not one document could be read: no output may be replaced then."""
        if not self.done:
            raise InputError("no document could be read; no output was replaced")

    def count(self) -> int | None:
        """Guess how many documents there will be."""
        from geo.batch.count import count

        return count(self.inputs, leave=self.writes)

    def all(self) -> list[Parsed]:
        """Read every document."""
        return list(self.stream())

    @property
    def code(self) -> int:
        """Exit code: 1 where an input failed."""
        return 1 if self.failures else 0

    def close(self) -> int:
        """Say how many inputs failed and which corrections were of use, and give the exit code."""
        if self.corrections is not None:
            for line in self.corrections.report():
                say(f"geo: {line}")
        if self.failures:
            say(f"geo: {self.failures} input{'s' if self.failures > 1 else ''} failed, {self.done} done")
        return self.code


def lines_to(output: str | None, lines: Iterator[str]) -> None:
    """Write lines to a file, replaced as a whole, or as they come to standard output.

    Parameters
    ----------
    output : str or None
        None or "-" is standard output.
    lines : iterator of str
        Without line ends.
    """
    if output is None or output == "-":
        to_stdout(line.encode("utf-8") + b"\n" for line in lines)
        return
    from geo.atomic import replacing

    with replacing(output) as temporary, temporary.open("wb") as stream:
        for line in lines:
            stream.write(line.encode("utf-8") + b"\n")


READER_GONE = 141
"""Exit code when the reader of standard output went away (``| head``): 128 and the number of SIGPIPE."""


def to_stdout(chunks: Iterable[bytes]) -> None:
    """Write data to standard output; leave quietly where its reader is gone."""
    out = sys.stdout.buffer
    try:
        for chunk in chunks:
            out.write(chunk)
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains again at exit
        raise click.exceptions.Exit(READER_GONE) from None
