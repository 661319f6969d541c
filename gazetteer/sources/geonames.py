"""Lines of the GeoNames dump: places, alternate names, administrative codes, countries.

The columns are those of the dump's readme. Everything here works on the fields of one line and raises `ValueError` with
the reason for a line that cannot be used; who reads the files adds where it stands.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from gazetteer.names import has_upper, is_code
from gazetteer.sources.towns import kind_of
from gazetteer.types import NameUse

PLACE_FIELDS: Final = 19
NAME_FIELDS: Final = (10, 8)
"""``alternateNamesV2`` has from and to, the older ``alternateNames`` has not."""

LARGEST: Final = 2**32

_CLASSES: Final = {
    "A": "region",
    "H": "other",
    "L": "region",
    "P": "village",
    "R": "other",
    "S": "facility",
    "T": "other",
    "U": "other",
    "V": "region",
}
_CODES: Final = {
    code: kind
    for kind, codes in {
        "country": "A.PCL A.PCLD A.PCLF A.PCLI A.PCLS",
        "admin1": "A.ADM1",
        "admin2": "A.ADM2",
        "continent": "L.CONT",
        "base": "L.MILB L.NVB S.AIRB S.INSM",
        "facility": "L.PRT L.OILF L.MNA L.INDS",
        "river": "H.STM H.STMA H.STMB H.STMC H.STMD H.STMH H.STMI H.STMM H.STMQ H.STMS H.STMX H.CNL H.CNLN H.CNLI "
        "H.CNLD H.CNLX H.WAD H.WADB H.WADJ H.WADM H.WADS H.WADX H.ANCH H.ESTY H.DSTY",
        "lake": "H.LK H.LKC H.LKI H.LKN H.LKNI H.LKO H.LKOI H.LKS H.LKSB H.LKSC H.LKSI H.LKSN H.LKSNI H.LKX H.LGN "
        "H.LGNS H.LGNX H.RSV H.RSVI H.RSVT H.PND H.PNDI H.PNDN H.PNDNI H.PNDS H.PNDSF H.PNDSI H.PNDSN",
        "sea": "H.SEA H.OCN H.GULF H.BAY H.BAYS H.BGHT H.COVE H.FJD H.FJDS H.INLT",
        "strait": "H.STRT H.CHN H.CHNL H.CHNM H.CHNN H.SD H.NRWS",
        "island": "T.ISL T.ISLET T.ISLF T.ISLM T.ISLS T.ISLT T.ISLX T.ATOL T.KEY T.RK T.RKS H.RF H.RFC H.RFX",
        "peninsula": "T.PEN T.PENX T.ISTH T.SPIT T.CAPE T.HDLD T.PT T.PTS",
        "mountain": "T.MT T.MTS T.PK T.PKS T.HLL T.HLLS T.RDGE T.VLC T.PASS T.SPUR T.MESA T.BUTE T.NTK "
        "T.NTKS T.CRTR",
        "region": "T.DSRT T.ERG T.REG T.PLAT T.PLATX T.PLN T.PLNX T.UPLD T.VAL T.VALG T.VALS T.VALX "
        "T.DLTA T.DPR T.BSNX "
        "H.MRSH H.MRSHN H.SWMP H.GLCR",
        "dam": "S.DAM S.DAMQ S.DAMSB S.DIKE",
        "bridge": "S.BDG S.BDGQ",
    }.items()
    for code in codes.split()
}

COUNTRY_RANK: Final = {"PCLI": 0, "PCLF": 1, "PCLS": 2, "PCL": 3, "PCLD": 4}
"""Which row stands for a country where several have its code: the independent state before a dependency."""

_IDENTIFIERS: Final = frozenset({"post", "iata", "icao", "faac", "tcid", "unlc"})
_SETTLED: Final = frozenset({"city", "town", "village"})
_COUNTRY: Final = re.compile(r"[A-Z]{2}")


class Feature(NamedTuple):
    """One line of ``allCountries.txt`` or of a country's file.

    ``stands_for`` is "country" or "admin1" where the place may be that of a code, with the rank of its claim.
    """

    number: int
    name: str
    alternates: str
    lon: float
    lat: float
    kind: str
    country: str
    admin1: str
    admin2: str
    population: int
    rank: int


class Alternate(NamedTuple):
    """One line of ``alternateNamesV2.txt``; `link` is an address or ``wd:Q212`` and then there is no name."""

    number: int
    text: str
    use: NameUse
    lang: str
    since: str
    until: str
    display: bool
    link: str


def kind(feature_class: str, code: str, population: int) -> str:
    """Kind of a feature.

    >>> kind("P", "PPLA", 250_000), kind("H", "STM", 0), kind("S", "AIRP", 0), kind("", "", 0)
    ('city', 'river', 'facility', 'other')
    """
    if feature_class == "P":
        return kind_of(population)
    return _CODES.get(f"{feature_class}.{code}") or _CLASSES.get(feature_class, "other")


def place(fields: list[str]) -> Feature:
    """Read a line of places.

    Raises
    ------
    ValueError
        The number of fields, the id, the point or the population is wrong.
    """
    if len(fields) != PLACE_FIELDS:
        raise ValueError(f"{len(fields)} fields, a line of places has {PLACE_FIELDS}")
    number, name, _, alternates, lat, lon, group, code, country, _, first, second, *_ = fields
    people = _number(fields[14] or "0", "population")
    if _COUNTRY.fullmatch(country) is None and country:
        raise ValueError(f"country code {country[:20]!r} is not two capitals")
    return Feature(
        number=_id(number),
        name=name,
        alternates=alternates,
        lon=_degrees(lon, 180, "longitude"),
        lat=_degrees(lat, 90, "latitude"),
        kind=kind(group, code, people),
        country=country,
        admin1=f"{country}.{first}" if country and first not in ("", "00") else "",
        admin2=f"{country}.{first}.{second}" if country and second else "",
        population=people,
        rank=COUNTRY_RANK.get(code, -1) if group == "A" else -1,
    )


def alternate(fields: list[str]) -> Alternate | None:
    """Read a line of alternate names; None for kinds of entries that are no names and no links.

    Raises
    ------
    ValueError
        The number of fields or the id is wrong, or there is no name.
    """
    if len(fields) not in NAME_FIELDS:
        raise ValueError(f"{len(fields)} fields, a line of alternate names has {NAME_FIELDS[0]}")
    _, number, lang, text, preferred, short, _, historic, *span = fields
    place_number = _id(number)
    if not text.strip():
        raise ValueError("there is no name")
    if lang in ("link", "wkdt"):
        link = text if lang == "link" else f"wd:{text}"
        return Alternate(place_number, "", NameUse.ALTERNATE, "", "", "", False, link)
    if lang == "phon":  # sounds, not spellings
        return None
    since, until = (day(value) for value in (*span, "", "")[:2])
    use, tag = _use(lang, text, short=short == "1", historic=historic == "1" or bool(until))
    display = lang == "en" and preferred == "1" and use is NameUse.ALTERNATE
    return Alternate(place_number, text, use, tag, since, until, display, "")


def _use(lang: str, text: str, *, short: bool, historic: bool) -> tuple[NameUse, str]:
    if lang in _IDENTIFIERS:
        return NameUse.CODE, ""
    if lang == "fr_1793":
        return NameUse.FORMER, "fr"
    if historic:
        return NameUse.FORMER, "" if lang == "abbr" else lang
    if lang == "abbr" or (short and is_code(text)):
        return NameUse.ABBREVIATION, "" if lang == "abbr" else lang
    return NameUse.ALTERNATE, lang


def unlabelled(text: str, place_kind: str) -> NameUse | None:
    """Use of a name from the column ``alternatenames``, which says neither language nor age; None if it is no name.

    Countries and units have names of a hundred languages there, which must not count as English ones.

    >>> unlabelled("Odessa", "city"), unlabelled("ODS", "city"), unlabelled("ao de sa", "city")
    (<NameUse.ALTERNATE: 2>, <NameUse.CODE: 7>, None)
    """
    if not has_upper(text):
        return None
    if is_code(text):
        return NameUse.CODE
    return NameUse.FOREIGN if place_kind in ("country", "admin1") else NameUse.ALTERNATE


def foreign(name_kind: NameUse, lang: str, place_kind: str) -> NameUse:
    """Turn a name in another language than English into FOREIGN where the place is a country or a unit."""
    other = lang not in ("", "en") and not lang.startswith("en-")
    return (
        NameUse.FOREIGN
        if other and name_kind is NameUse.ALTERNATE and place_kind in ("country", "admin1")
        else name_kind
    )


def day(text: str) -> str:
    """Write a date of the dump as ISO 8601 has it; what is no plain date stays as it is.

    >>> day("19240901"), day("1924"), day("before 1917")
    ('1924-09-01', '1924', 'before 1917')
    """
    text = text.strip()
    if len(text) == 8 and text.isascii() and text.isdigit():
        return f"{text[:4]}-{text[4:6]}-{text[6:]}"
    return text


def _id(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < LARGEST:
        return int(text)
    raise ValueError(f"id {text[:40]!r} is no whole number above 0")


def _number(text: str, what: str) -> int:
    if text.isascii() and text.isdigit() and int(text) < LARGEST:
        return int(text)
    raise ValueError(f"{what} {text[:40]!r} is no whole number")


def _degrees(text: str, most: float, what: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 1e9
    if -most <= value <= most:
        return value
    raise ValueError(f"{what} {text[:40]!r} is not between -{most:g} and {most:g} degrees")
