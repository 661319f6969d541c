"""Outputs that are replaced whole or not at all."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDDEN: Final = ".geo-"
"""How the folders begin in which files are written before they take their place."""


@contextmanager
def replacing(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give a temporary path to write to; when the block succeeds it takes the place of `path`.

    The temporary file lies in a hidden folder beside the output (same file system, same suffix), is flushed
    to the disk and then renamed over the output, so a reader sees the old file or the new one, never a
    part. Missing folders are made. A symbolic link is followed, a device or pipe is written to directly.

    Parameters
    ----------
    path : path-like
        The output.

    Yields
    ------
    pathlib.Path
        Where the block has to write.

    Raises
    ------
    OutputError
        The output is a folder, or cannot be written; what stood there before is left whole.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise OutputError(f"{path}: is a folder; name a file to write, such as {Path(path) / 'map.html'}")
    if Path(path).exists() and not Path(path).is_file():  # as given: /dev/stdout resolves to no path at all
        try:
            yield Path(path)
        except OSError as error:
            raise _unwritable(path, error) from error
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_HIDDEN, dir=target.parent))
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        temporary = folder / target.name
        yield temporary
        _settle(temporary, target)
    except OutputError:
        raise
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def clear_halves(path: str | os.PathLike[str]) -> None:
    """Remove what killed processes left of a file, or anywhere in a folder; only for who alone writes there."""
    target = Path(os.path.realpath(path))
    if target.is_dir():
        found = target.rglob(f"{_HIDDEN}*")
    else:
        found = (half for half in target.parent.glob(f"{_HIDDEN}*") if (half / target.name).exists())
    for folder in list(found):
        shutil.rmtree(folder, ignore_errors=True)


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Write `data` to `path`, whole or not at all.

    Raises
    ------
    OutputError
        The output cannot be written; what stood there before is left whole.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def write_text(path: str | os.PathLike[str], text: str) -> None:
    r"""Write `text` as UTF-8 with ``\n`` line ends to `path`, whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


def _settle(temporary: Path, target: Path) -> None:
    """Flush the temporary file to the disk and rename it over the target, with the target's mode."""
    if target.exists():
        temporary.chmod(stat.S_IMODE(target.stat().st_mode))
    with temporary.open("rb+") as stream:
        os.fsync(stream.fileno())
    temporary.replace(target)


def _unwritable(path: str | os.PathLike[str], error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(f"{os.fspath(path)}: cannot be written ({reason}); choose another place with -o")
