"""What the columns of each layer mean: the one place exports, the page and the docs read it from."""

from __future__ import annotations

from typing import Final

from geo.layers.layer import Column, columns

JOIN: Final = "; "
"""Between several values in one cell: GIS formats know scalars only."""

_KIND: Final = ("place_kind", "str", "kind of place: city, admin1, river, facility ...")
_WHERE: Final = (
    ("country", "str", "ISO 3166-1 alpha-2 code under the viewpoint of the gazetteer"),
    ("admin1", "str", "ISO 3166-2 code of the first-level unit"),
    ("lon", "float", "longitude, WGS 84 degrees"),
    ("lat", "float", "latitude, WGS 84 degrees"),
)
_OF_THE_PLACE: Final = (
    ("is_area", "bool", "true where the point only represents an area"),
    ("precision_km", "float", "radius of the place, km"),
)

EVENTS: Final[tuple[Column, ...]] = columns(
    ("row_id", "str", "unique key of the row: the event's id, with .2, .3 ... where it has several places"),
    ("id", "str", "id of the event, made from its content; the same on every row of one event"),
    ("type", "str", "event type, a name of the ontology"),
    ("family", "str", "group of the type, which gives the marker its shape and colour"),
    ("status", "str", "happened, claimed, planned, called_for, threatened, denied or hypothetical"),
    ("standing", "str", "reported, claimed, confirmed, corroborated, contested or denied"),
    ("place_name", "str", "English name of the place; empty where the event could not be placed"),
    ("place_id", "str", "id of the place in the gazetteer"),
    _KIND,
    ("place_role", "str", "what the place is to the event: at, near, from, to or towards"),
    *_WHERE,
    ("is_area", "bool", "true where the point only represents a region or a country: not a location"),
    ("precision_km", "float", "how far from the point it may have happened, km"),
    ("date_start", "date", "first day it can have happened, ISO 8601; empty where open or unknown"),
    ("date_end", "date", "last day it can have happened, ISO 8601; empty where open or unknown"),
    ("granularity", "str", "how exact the date is: day, week, month, season, year, decade, unknown"),
    ("date_relation", "str", "at, since, until, by, during, before or after the dates"),
    ("date_basis", "str", "where the date comes from: explicit, relative, anaphoric, document, unresolved"),
    ("date_text", "str", "the words of the text that give the date"),
    ("source", "str", "who says so in the text; empty where the narrator does"),
    ("source_side", "str", "ISO code of the country the source belongs to, where known"),
    ("source_chain", "str", "who passed it on, the last speaker first"),
    ("actors", "str", "who acts or is acted on, each with its role"),
    ("quantities", "str", "numbers with what they count, as the text has them"),
    ("origin", "str", "where a movement starts"),
    ("destinations", "str", "where a movement leads"),
    ("score", "float", "belief in the event, 0 to 1"),
    ("sources", "int", "independent sources: speakers by name and a narrator's words, copies counted once"),
    ("sides", "str", "ISO codes of the countries of those who tell of it"),
    (
        "claims",
        "str",
        "records of claims and control it agrees with, contradicts or adds to, with the reason",
    ),
    ("reports", "int", "number of clauses that report it"),
    ("documents", "str", "ids of the documents that report it"),
    ("document_titles", "str", "their titles, or ids where they have none"),
    ("evidence", "str", "the sentence of the first report"),
    ("evidence_start", "int", "where that sentence starts in the document's text, code points"),
    ("evidence_end", "int", "where it ends, exclusive"),
)

REPORTS: Final[tuple[Column, ...]] = columns(
    ("row_id", "str", "unique key: the event's id and the number of the report"),
    ("event_id", "str", "id of the event it reports"),
    (
        "status",
        "str",
        "what this report says: happened, claimed, planned, called_for, threatened, denied ...",
    ),
    ("source", "str", "who says so; empty where the narrator does"),
    ("source_side", "str", "ISO code of the country the source belongs to, where known"),
    ("source_verb", "str", "the verb of saying"),
    ("source_chain", "str", "who passed it on, the last speaker first"),
    ("date_start", "date", "first day, ISO 8601"),
    ("date_end", "date", "last day, ISO 8601"),
    ("date_text", "str", "the words that give the date"),
    ("document", "str", "id of the document"),
    ("document_title", "str", "its title, or its id"),
    ("document_date", "date", "its own date"),
    ("document_source", "str", "who published it"),
    ("url", "str", "its address, where given"),
    ("evidence", "str", "the sentence"),
    ("evidence_start", "int", "where it starts in the document's text, code points"),
    ("evidence_end", "int", "where it ends, exclusive"),
)

PLACES: Final[tuple[Column, ...]] = columns(
    ("id", "str", "id of the place in the gazetteer"),
    ("name", "str", "English name"),
    ("kind", "str", "kind of place: city, admin1, river, facility ..."),
    *_WHERE,
    *_OF_THE_PLACE,
    ("mentions", "int", "times it is named, in all roles"),
    ("literal", "int", "times it is named as a place"),
    ("metonym", "int", "times its name stands for a government, an army or a people"),
    ("modifier", "int", "times its name only modifies another noun"),
    ("demonym", "int", "times a derived form is used"),
    ("events", "int", "events that it has a part in"),
    ("documents", "int", "documents that name it"),
    ("spellings", "str", "how the texts write it"),
    ("score", "float", "highest belief of its mentions, 0 to 1"),
    ("reasons", "str", "why the first mention was given this place"),
)

MENTIONS: Final[tuple[Column, ...]] = columns(
    ("row_id", "str", "unique key: document and number of the mention in it"),
    ("document", "str", "id of the document"),
    ("document_date", "date", "its own date"),
    ("document_source", "str", "who published it"),
    ("mention", "str", "the name as the text has it"),
    ("start", "int", "where it starts in the document's text, code points"),
    ("end", "int", "where it ends, exclusive"),
    ("role", "str", "literal, metonym, modifier or demonym"),
    ("place_id", "str", "id of the place in the gazetteer; empty where it could not be placed"),
    ("place_name", "str", "English name"),
    _KIND,
    *_WHERE,
    *_OF_THE_PLACE,
    ("score", "float", "belief in the placement, 0 to 1"),
    ("reasons", "str", "why it was given this place, or none"),
)

REGIONS: Final[tuple[Column, ...]] = columns(
    ("id", "str", "ISO 3166-2 id of the first-level unit in the gazetteer"),
    ("name", "str", "English name"),
    ("country", "str", "ISO 3166-1 alpha-2 code under the viewpoint of the gazetteer"),
    ("mentions", "int", "times the unit or a place in it is named as a place (literal role)"),
    ("mentions_other", "int", "times named as a government, a people or a modifier"),
    ("events", "int", "events at the unit or at a place in it; origin for a movement"),
    ("places", "int", "different places named in it"),
)

CLAIMS: Final[tuple[Column, ...]] = columns(
    ("row_id", "str", "unique key: claim and region"),
    ("id", "str", "id of the claim"),
    ("territory", "str", "neutral English name of what is claimed"),
    ("region_id", "str", "id of the outline that is drawn"),
    ("region_name", "str", "its English name"),
    ("country", "str", "country the region belongs to under the viewpoint of the gazetteer"),
    ("claimant", "str", "who claims it"),
    ("claimant_code", "str", "ISO 3166-1 alpha-2 code of the claimant, where it has one"),
    ("kind", "str", "annexation, independence, sovereignty or border"),
    ("label", "str", "the claimant's own word for it"),
    ("since", "date", "date of the constitutive act"),
    ("until", "date", "last day of the claim; empty while it stands"),
    ("basis", "str", "the constitutive act"),
    ("standing", "str", "recognised by the viewpoint, disputed, or ended by the as-of date"),
    ("proxy", "bool", "true where the outline stands in for a claim without a defined boundary"),
    ("legend", "str", "text of the legend: claimed by X since D (basis)"),
    ("note", "str", "what else must be known"),
    ("source", "str", "what the row was taken from"),
    ("as_of", "date", "the day the layer shows; empty where it shows all known claims"),
)

FLOWS: Final[tuple[Column, ...]] = columns(
    ("row_id", "str", "unique key: event and destination"),
    ("event_id", "str", "id of the event"),
    ("type", "str", "evacuation, deportation, displacement ..."),
    ("status", "str", "happened, claimed, planned, called_for, threatened, denied or hypothetical"),
    ("origin", "str", "English name of the place it starts at"),
    ("origin_id", "str", "its id"),
    ("destination", "str", "English name of the place it leads to"),
    ("destination_id", "str", "its id"),
    ("role", "str", "to, or towards where only the direction is said"),
    ("date_start", "date", "first day, ISO 8601"),
    ("date_end", "date", "last day, ISO 8601"),
    ("quantities", "str", "numbers with what they count"),
    ("evidence", "str", "the sentence of the first report"),
)

UNPLACED: Final[tuple[Column, ...]] = columns(
    ("row_id", "str", "unique key: document and number"),
    ("what", "str", "mention or event"),
    ("text", "str", "the words"),
    ("reason", "str", "why it has no place on the map"),
    ("document", "str", "id of the document"),
    ("document_title", "str", "its title, or its id"),
    ("start", "int", "where the words start in the document's text, code points"),
    ("end", "int", "where they end, exclusive"),
    ("event_id", "str", "id of the event, for an event"),
)
