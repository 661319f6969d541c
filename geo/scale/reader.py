"""What a worker keeps between tasks: one reader per order, which opens the gazetteer in its own process.

An order is a few paths and settings. No gazetteer and no stage is ever sent: each worker process maps the files that
lie on its own machine, once, and refuses to read where they are not those of the client.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from geo.errors import OptionError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.batch import Plan
    from geo.batch.worker import Report, Worker
    from geo.types import Document, Parsed

_MOST: Final = 4
"""Readers that a process keeps: one run needs one, and few runs share a cluster at a time."""
_readers: OrderedDict[Order, Worker] = OrderedDict()
_lock = threading.Lock()
opened = 0
"""How many readers this process has made; for those who want to know that it was one."""


@dataclass(frozen=True, slots=True)
class Order:
    """How to read, with what must be the same on every machine.

    Attributes
    ----------
    plan : Plan
        With absolute paths.
    ontology : str or None
        Value of GEO_ONTOLOGY at the client.
    version : str
        Of the package.
    files : tuple of (str, str)
        Each file that results depend on, with its SHA-256; "" is the package's own gazetteer, wherever it lies.
    """

    plan: Plan
    ontology: str | None
    version: str
    files: tuple[tuple[str, str], ...]

    def __hash__(self) -> int:
        return hash((repr(self.plan), self.ontology, self.version, self.files))


def make_order(plan: Plan) -> Order:
    """Make the order of a run on this machine, which is the one to agree with.

    Raises
    ------
    OptionError
        A setting is an object that cannot be sent, such as a recogniser; name it instead.
    """
    from geo.ontology import VARIABLE

    settings = {
        name: os.fspath(value) if isinstance(value, os.PathLike) else value
        for name, value in plan.settings.items()
    }
    for name, value in settings.items():
        if not isinstance(value, str | int | float | bool | None):
            raise OptionError(
                f"{name}: only names and paths can be sent to workers, not {type(value).__name__}"
            )
    if settings.get("corrections"):
        settings["corrections"] = os.path.abspath(settings["corrections"])  # noqa: PTH100  (links stay)
    gazetteers = tuple(os.path.abspath(path) for path in plan.gazetteers)  # noqa: PTH100
    named = os.environ.get(VARIABLE)
    ontology = os.path.abspath(named) if named else None  # noqa: PTH100
    plan = replace(plan, gazetteers=gazetteers, settings=settings)
    return Order(plan, ontology, _version(), tuple(_files(plan, ontology)))


def read(order: Order, chunk: Sequence[Document | Parsed]) -> Report:
    """Read the documents of a chunk in this process.

    Raises
    ------
    OptionError
        The files or the version of this machine are not those of the order.
    """
    with (
        _lock
    ):  # of several threads of a worker one reads: a reader is not made for more, nor would more be faster
        return _reader(order).run(chunk)


def _reader(order: Order) -> Worker:
    global opened  # noqa: PLW0603  (what a process keeps between tasks)
    from geo.batch.worker import Worker
    from geo.ontology import VARIABLE

    if order not in _readers:
        _agree(order)
        before = os.environ.get(VARIABLE)
        try:
            _set(VARIABLE, order.ontology)
            _readers[order] = Worker(order.plan)
        finally:
            _set(VARIABLE, before)
        opened += 1
    _readers.move_to_end(order)
    while len(_readers) > _MOST:
        _readers.popitem(last=False)
    return _readers[order]


def _set(name: str, value: str | None) -> None:
    if value is None:
        os.environ.pop(name, None)
    else:
        os.environ[name] = value


def _agree(order: Order) -> None:
    here = f"worker on {os.uname().nodename}" if hasattr(os, "uname") else "worker"
    if order.version != _version():
        raise OptionError(
            f"{here}: has version {_version()} of the package, the client {order.version}; install the same everywhere"
        )
    for name, digest in order.files:
        shown = name or "the package's gazetteer"
        try:
            found = _digest(name)
        except OSError as error:
            reason = error.strerror or str(error)
            raise OptionError(
                f"{here}: {shown}: cannot be read ({reason}); put it under the same path on every machine"
            ) from error
        if found != digest:
            raise OptionError(f"{here}: {shown}: is not the client's; put the same file on every machine")


def _files(plan: Plan, ontology: str | None) -> Iterator[tuple[str, str]]:
    for name in ("", *plan.gazetteers, plan.settings.get("corrections"), ontology):
        if name is not None:
            yield name, _digest(name)


def _digest(name: str) -> str:
    from gazetteer.store import DEFAULT_PATH

    path = Path(name) if name else DEFAULT_PATH
    stat = path.stat()
    return _hash(path, stat.st_size, stat.st_mtime_ns)


@lru_cache(maxsize=64)
def _hash(path: Path, _size: int, _time: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _version() -> str:
    import geo

    return geo.__version__


__all__ = ["Order", "make_order", "opened", "read"]
