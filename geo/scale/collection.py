"""Collections of Dask in, collections of Dask out: records, merged events, places, and files of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Unpack

from geo.batch.worker import Outcome, Plan
from geo.codec import decode
from geo.documents import Failure
from geo.documents.tables import COLUMNS, record_document
from geo.errors import MissingExtraError, OptionError, OutputError
from geo.layers.schema import EVENTS, PLACES
from geo.scale import files, frames, told
from geo.scale.reader import make_order, read
from geo.types import Document, Parsed

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import pandas as pd
    from dask.bag import Bag
    from dask.delayed import Delayed
    from dask_geopandas import GeoDataFrame

    from geo.scale.reader import Order
    from geo.stages import Settings

MOST: Final[int] = 64
"""Parts between which events change hands: a part sends something to every other one."""


def parse(
    documents: Any,
    *,
    gazetteers: Sequence[str | os.PathLike[str]] = (),
    viewpoint: str = "default",
    text: bool = True,
    **settings: Unpack[Settings],
) -> Results:
    """Read a collection of documents, on whatever scheduler Dask uses.

    Parameters
    ----------
    documents : dask.bag.Bag or dask.dataframe.DataFrame
        A bag of `geo.Document`, of what `geo.parse` gave, or of mappings; a frame with one row per document. Keys or
        columns: ``text``, and as far as they are known ``id``, ``title``, ``date``, ``source``, ``url``; a mapping
        may be a record of ``geo parse`` too. Ids should be unique over the whole collection; a document without one is
        named by its partition and row.
    gazetteers : sequence of path-like
        Own data over the package's gazetteer, under the same path on every machine.
    viewpoint : str
        As `gazetteer.open` takes it.
    text : bool
        Whether records hold the text.
    **settings
        See `geo.stages.Settings`; names, paths and numbers only, since objects are not sent to workers.

    Returns
    -------
    Results
        Nothing is read before something of it is computed.

    Raises
    ------
    OptionError
        `documents` is neither, a frame has no column ``text``, or a setting is an object.
    MissingExtraError
        Dask is not installed.

    Examples
    --------
    >>> import dask.bag
    >>> bag = dask.bag.from_sequence([{"id": "a", "text": "Shells fell on Kharkiv on 3 May 2022."}])
    >>> parse(bag).events().place_name.compute(scheduler="sync").tolist()
    ['Kharkiv']
    """
    try:
        from dask import delayed
    except ImportError as error:
        raise MissingExtraError("Dask is not installed; pip install 'geodispatch[scale]'") from error
    plan = Plan(tuple(map(str, gazetteers)), dict(settings), text, viewpoint)
    order = make_order(plan)
    partitions = _partitions(documents)
    return Results([delayed(_read)(order, part, number) for number, part in enumerate(partitions)])


@dataclass(frozen=True, slots=True)
class Results:
    """What is read from a collection, partition by partition; nothing is computed before it is asked for.

    Attributes
    ----------
    outcomes : list of dask.delayed.Delayed
        One per partition: a list of `geo.batch.Outcome`.
    """

    outcomes: list[Delayed]

    def persist(self) -> Results:
        """Read all documents now and keep their records with the workers: worth it before more than one use."""
        import dask

        return Results(list(dask.persist(*self.outcomes)))

    def records(self) -> Bag:
        """Give the records of `geo parse`, one line of JSON per document, in the order of the collection."""
        from dask import bag, delayed

        return bag.from_delayed([delayed(_lines)(part) for part in self.outcomes])

    def failures(self) -> Bag:
        """Give what could not be read, as `geo.documents.Failure`."""
        from dask import bag, delayed

        return bag.from_delayed([delayed(_failures)(part) for part in self.outcomes])

    def events(self) -> GeoDataFrame:
        """Give the events, merged over all documents exactly as on one machine: one row per event and place.

        Returns
        -------
        dask_geopandas.GeoDataFrame
            Columns as in the layer of events (docs/formats.md), EPSG:4326; rows in the order of one machine.
        """
        return frames.collect([frames.frame("events", EVENTS, part) for part in self._merged()], EVENTS)

    def places(self) -> GeoDataFrame:
        """Give the places that are named or have events: one row per place, with counts over all documents.

        Returns
        -------
        dask_geopandas.GeoDataFrame
            Columns as in the layer of places (docs/formats.md), EPSG:4326; sorted within a partition only.
        """
        return frames.collect([frames.frame("places", PLACES, part) for part in self._places()], PLACES)

    def to_parquet(self, folder: str | os.PathLike[str], *, partitions: int | None = None) -> list[Path]:
        """Write ``events`` and ``places`` as GeoParquet in many files, neighbours in space together.

        Each file holds a stretch of the Hilbert curve over the world and says in its metadata which box it covers, so
        that `dask_geopandas.read_parquet` and other readers leave out what they need not read. Events without a place
        are in ``events_unplaced``. The files are the same whatever the partitions of the documents were.

        Parameters
        ----------
        folder : path-like
            New or empty; where workers are on other machines, on a disk that all share.
        partitions : int, optional
            Files of each at most. Default: as many as there are partitions of documents, at most 64.

        Returns
        -------
        list of pathlib.Path
            What was written, in order.

        Raises
        ------
        OutputError
            The folder holds something, or cannot be written.
        """
        import dask

        target = Path(folder).absolute()
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise OutputError(f"{folder}: is there already; name a new folder")
        count = partitions or self._parts
        again = self.persist()
        merged = again._merged()
        written = [
            *files.written(merged, "events", EVENTS, target / "events", count),
            *files.written(again._places(merged), "places", PLACES, target / "places", count),
        ]
        return [path for path in dask.compute(*written) if path is not None]

    @property
    def _parts(self) -> int:
        return max(1, min(MOST, len(self.outcomes)))

    def _told(self) -> list[Delayed]:
        """Give the events and placed mentions of the documents, in at most `MOST` parts."""
        from dask import delayed

        size = -(-len(self.outcomes) // self._parts)
        groups = [self.outcomes[at : at + size] for at in range(0, len(self.outcomes), size)]
        return [delayed(told.collect)(group) for group in groups]

    def _merged(self) -> list[Delayed]:
        return told.merged(self._told(), self._parts)

    def _places(self, merged: list[Delayed] | None = None) -> list[Delayed]:
        parts = self._told()
        return told.places(parts, merged or told.merged(parts, self._parts), self._parts)


def _partitions(documents: Any) -> list[Any]:
    from dask import bag
    from dask import dataframe as dd

    if isinstance(documents, bag.Bag):
        return list(documents.to_delayed())
    if isinstance(documents, dd.DataFrame):
        if "text" not in documents.columns:
            raise OptionError("the frame has no column 'text'")
        known = [column for column in COLUMNS if column in documents.columns]
        return list(documents[known].to_delayed())
    kind = type(documents).__name__
    raise OptionError(f"a bag or a frame of Dask is needed, not {kind}; dask.bag.from_sequence makes one")


def _read(order: Order, part: Any, number: int) -> list[Outcome]:
    """Read one partition."""
    items = list(_documents(part, number))
    found = iter(read(order, [item for item in items if not isinstance(item, Failure)]).outcomes)
    return [Outcome(item.where, failure=item) if isinstance(item, Failure) else next(found) for item in items]


def _documents(part: Any, number: int) -> Iterator[Document | Parsed | Failure]:
    rows: Iterable[Any] = _rows(part) if hasattr(part, "columns") else part
    for row, item in enumerate(rows, 1):
        if isinstance(item, Document | Parsed):
            yield item
        else:
            yield _document(item, f"partition{number}#{row}")


def _rows(part: pd.DataFrame) -> Iterator[Mapping[str, Any]]:
    """Rows of a frame; what is missing there is None."""
    columns = {name: part[name].astype(object).where(part[name].notna(), None) for name in part.columns}
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def _document(item: Any, where: str) -> Document | Parsed | Failure:
    if not hasattr(item, "get"):
        return Failure(where, f"is no document but {type(item).__name__}", 'give {"id": ..., "text": ...}')
    if "mentions" not in item:
        return record_document({column: item.get(column) for column in COLUMNS}, where, where)
    try:
        return decode(item)
    except ValueError as error:
        return Failure(where, f"is no record of geo parse ({error})", "parse the text again")


def _lines(part: list[Outcome]) -> list[str]:
    return [one.line.decode("utf-8") for one in part if one.failure is None]


def _failures(part: list[Outcome]) -> list[Failure]:
    return [one.failure for one in part if one.failure is not None]


__all__ = ["Results", "parse"]
