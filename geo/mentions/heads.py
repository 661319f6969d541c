"""Generic words beside a name ("region", "river", "nuclear power plant") and the kinds of place they ask for."""

from __future__ import annotations

from typing import Final

from geo.text.words import phrases

Kinds = tuple[str, ...]

_UNIT: Final[Kinds] = ("admin1", "region", "admin2")
_COUNTY: Final[Kinds] = ("admin2", "admin1", "region")
_CITY: Final[Kinds] = ("city", "town", "village")
_TOWN: Final[Kinds] = ("town", "city", "village")
_VILLAGE: Final[Kinds] = ("village", "town", "city")
_SEA: Final[Kinds] = ("sea", "strait", "lake")
_PLANT: Final[Kinds] = ("facility", "dam")
_BASE: Final[Kinds] = ("base", "facility")
_LAND: Final[Kinds] = ("region", "mountain", "other")

_TABLE: Final[tuple[tuple[Kinds, str], ...]] = (
    (
        _UNIT,
        "region,oblast,province,state,prefecture,governorate,krai,kray,republic,canton,territory,voivodeship,"
        "emirate,autonomous region,autonomous republic,federal subject,people's republic,department",
    ),
    (
        _COUNTY,
        "county,parish,district,raion,rayon,borough,municipality,township,shire,subdistrict,constituency",
    ),
    (_CITY, "city,capital,metropolis,port city,megacity,capital city,resort city"),
    (_TOWN, "town,resort town,port town,suburb,seaside town,border town,neighborhood,neighbourhood"),
    (_VILLAGE, "village,hamlet,settlement,urban-type settlement,fishing village"),
    (("river",), "river,rivers,creek,stream,tributary"),
    (("lake",), "lake,reservoir,lagoon,loch"),
    (_SEA, "sea,ocean,gulf,bay,fjord,sound"),
    (("strait", "sea"), "strait,straits,channel,canal"),
    (("island", "admin1", "country"), "island,islands,isle,isles,archipelago,atoll"),
    (("peninsula", "admin1", "region"), "peninsula,cape,headland"),
    (("mountain", "region"), "mountain,mountains,mount,peak,range,hills,hill,volcano,massif,glacier"),
    (
        _LAND,
        "valley,desert,plateau,plain,plains,basin,forest,steppe,delta,coast,highlands,lowlands,heights,"
        "national park,canyon,wetlands,oasis,crater,strip,enclave,exclave",
    ),
    (
        _PLANT,
        "nuclear power plant,nuclear plant,nuclear power station,nuclear station,power plant,power station,plant,"
        "npp,station,refinery,oil refinery,factory,steelworks,steel plant,facility,nuclear facility,complex,mine,"
        "thermal power plant,shipyard,enrichment plant,terminal,nuclear complex,reactor,pipeline,research reactor",
    ),
    (
        ("facility", "base"),
        "airport,international airport,spaceport,cosmodrome,train station,railway station,prison,"
        "penal colony,jail,hospital,university,refugee camp,camp,port,seaport,harbour,harbor",
    ),
    (
        _BASE,
        "air base,airbase,base,airfield,military base,military facility,military airfield,military airport,"
        "naval base,garrison,barracks,airstrip,air force base,training ground,military site,aerodrome,fort",
    ),
    (
        ("dam", "facility"),
        "dam,hydroelectric power plant,hydroelectric station,hydroelectric dam,hydropower plant",
    ),
    (("bridge", "facility"), "bridge,viaduct,tunnel,crossing"),
)

HEADS: Final[dict[str, Kinds]] = {name: kinds for kinds, names in _TABLE for name in sorted(phrases(names))}
"""Head in the singular to the kinds it asks for, best first."""

PLURALS: Final[dict[str, str]] = {
    "regions": "region", "oblasts": "oblast", "provinces": "province", "states": "state", "counties": "county",
    "districts": "district", "cities": "city", "towns": "town", "villages": "village", "republics": "republic",
    "prefectures": "prefecture", "governorates": "governorate", "territories": "territory", "capitals": "capital",
    "settlements": "settlement", "rivers": "river", "lakes": "lake", "ports": "port city", "airports": "airport",
    "bases": "base", "plants": "plant", "power plants": "power plant", "dams": "dam", "bridges": "bridge",
    "suburbs": "suburb", "communities": "town", "municipalities": "municipality", "departments": "department",
    "neighborhoods": "neighborhood", "neighbourhoods": "neighbourhood", "raions": "raion", "parishes": "parish",
    "air bases": "air base", "airfields": "airfield", "seas": "sea", "peninsulas": "peninsula", "hamlets": "hamlet",
    "nuclear power plants": "nuclear power plant", "refineries": "refinery", "boroughs": "borough",
}  # fmt: skip
"""Heads that two or more names share: "the regions of A and B", "the C and D regions"."""

EVERY: Final = {name: HEADS[name] for name in HEADS} | {many: HEADS[one] for many, one in PLURALS.items()}

WEAK: Final = phrases(
    "station,facility,complex,terminal,mine,base,plant,camp,port,university,hospital,jail,prison,crossing,"
    "pipeline,reactor,fort,factory,shipyard,sound,range,capital,stream,complex,department,strip,hill,channel"
)
"""Heads that are often the head of another noun phrase; they give kinds but prove no place."""

PREFIXES: Final[dict[str, Kinds]] = {
    "lake": ("lake",), "loch": ("lake",), "mount": ("mountain",), "mt": ("mountain",), "river": ("river",),
    "cape": ("peninsula",), "port": _CITY, "fort": _BASE, "camp": _BASE, "county": _COUNTY, "isle": ("island",),
    "gulf": _SEA, "bay": _SEA, "strait": ("strait",), "sea": _SEA, "island": ("island",), "oblast": _UNIT,
}  # fmt: skip
"""Heads that stand before the name: "Lake Chad", "the river Dnipro", "County Cork"."""

PLURAL_PREFIXES: Final[dict[str, Kinds]] = {"lakes": ("lake",), "counties": _COUNTY, "mounts": ("mountain",)}
"""Heads that stand in the plural before all names of a list: "Lakes Huron and Erie", "Counties Cork and Kerry"."""

CAPITALISED: Final = frozenset(
    """region oblast province state prefecture governorate krai county parish district raion borough
    municipality township river creek lake reservoir sea ocean gulf bay strait channel canal island
    islands isle peninsula cape mountain mountains mount peak range hills hill valley desert plateau
    basin forest heights coast highlands airport bridge dam station plant base airfield port harbor
    harbour beach park square falls springs canyon glacier volcano territory republic metropolitan delta
    reef point bluff ridge gorge fjord sound plaza tower palace castle cathedral stadium arena zoo pier
    refinery camp cemetery monument memorial mall resort""".split()
)
"""Heads that, capitalised, belong to the name: "Mississippi River", "Heir Island"."""

NAMED_FEATURES: Final = frozenset(
    """county river creek lake reservoir sea ocean bay gulf strait island islands isle peninsula mountain
    mountains valley desert airport bridge dam harbor harbour beach falls springs canyon glacier heights
    stadium castle cathedral square pier airfield national_park province oblast prefecture governorate
    raion district township park forest cemetery""".split()
)
"""Heads that make a place of an unknown capitalised name before them."""
