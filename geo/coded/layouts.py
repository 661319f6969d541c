"""Which columns of a table say what: by the names that ACLED, UCDP, VIINA, our own exports and others give them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of one kind of table.

    Attributes
    ----------
    name : str
        own, acled, ucdp, viina or table.
    needs : tuple of str
        Columns that tell this kind from the others.
    columns : mapping of str to tuple of str
        What is read -> the columns that may hold it, best first, in lower case.
    precision : mapping of str to float
        Value of the column ``precision`` -> how far from the point it may have happened, km.
    """

    name: str
    needs: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    precision: Mapping[str, float]

    def get(self, row: Mapping[str, Any], what: str) -> str:
        """Return the first cell that is filled, as text; "" where there is none."""
        for column in self.columns.get(what, ()):
            value = row.get(column)
            if value is not None and (text := str(value).strip()):
                return text
        return ""


_POINT: Final = {"lon": ("longitude", "lon", "lng", "long", "x"), "lat": ("latitude", "lat", "y")}

LAYOUTS: Final[dict[str, Layout]] = {
    layout.name: layout
    for layout in (
        Layout("own", ("row_id", "type", "status", "date_start", "evidence"), _POINT, {}),
        Layout(
            "acled",
            ("event_date", "sub_event_type"),
            _POINT
            | {
                "id": ("event_id_cnty", "data_id"),
                "type": ("sub_event_type", "event_type"),
                "start": ("event_date",),
                "unit": ("time_precision",),
                "place": ("location",),
                "precision": ("geo_precision",),
                "text": ("notes",),
                "source": ("source",),
                "agent": ("actor1",),
                "target": ("actor2",),
                "dead": ("fatalities",),
            },
            {"1": 5.0, "2": 25.0, "3": 100.0},
        ),
        Layout(
            "ucdp",
            ("type_of_violence", "date_start", "side_a"),
            _POINT
            | {
                "id": ("id", "relid"),
                "type": ("type_of_violence",),
                "start": ("date_start",),
                "end": ("date_end",),
                "unit": ("date_prec",),
                "place": ("where_coordinates", "where_description"),
                "precision": ("where_prec",),
                "text": ("source_headline", "where_description"),
                "source": ("source_office", "source_article"),
                "agent": ("side_a",),
                "target": ("side_b",),
                "dead": ("best", "best_est"),
                "dead_low": ("low", "low_est"),
                "dead_high": ("high", "high_est"),
            },
            {"1": 2.0, "2": 25.0, "3": 50.0, "4": 150.0, "5": 100.0, "6": 400.0, "7": 400.0},
        ),
        Layout(
            "viina",
            ("t_mil_b", "t_loc_b", "date"),
            _POINT
            | {
                "id": ("event_id_1pd", "event_id"),
                "start": ("date",),
                "place": ("asciiname", "location", "address"),
                "precision": ("geo_precision",),
                "text": ("text",),
                "source": ("source",),
                "url": ("url",),
            },
            {"STREET": 1.0, "ADM0": 400.0, "ADM1": 150.0, "ADM2": 50.0, "ADM3": 20.0, "ADM4": 10.0},
        ),
        Layout(
            "table",
            (),
            _POINT
            | {
                "id": ("row_id", "id", "event_id", "fid", "uid"),
                "type": ("type", "event_type", "sub_event_type", "category", "kind"),
                "start": ("date_start", "date", "event_date", "start", "day", "when", "time", "timestamp"),
                "end": ("date_end", "end", "end_date"),
                "place": ("place_name", "place", "location", "name", "asciiname", "city"),
                "text": ("evidence", "description", "notes", "text", "summary", "title", "headline"),
                "source": ("source", "sources"),
                "url": ("url", "link"),
                "status": ("status",),
                "dead": ("fatalities", "deaths", "killed"),
            },
            {},
        ),
    )
}
"""In the order in which they are tried; the last one fits every table."""


def layout_of(columns: Collection[str]) -> Layout:
    """Tell by its columns (lower case) what kind of table it is."""
    return next(layout for layout in LAYOUTS.values() if set(layout.needs) <= set(columns))


def has_point(columns: Collection[str]) -> bool:
    """Whether there are columns for longitude and latitude."""
    return all(set(_POINT[side]) & set(columns) for side in ("lon", "lat"))
