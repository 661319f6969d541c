"""The reference pages say what the programs do."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.codec import encode
from geo.documents.decode import MAX_BYTES
from geo.documents.inputs import FORMATS
from geo.documents.tables import MAX_WHOLE
from tests.geo import stage

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[3]
CLI = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
PAGE = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli.md", "formats.md"])
def test_generated_parts_are_up_to_date(reference: ModuleType, name: str) -> None:
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")

    assert "<!-- begin " in page
    assert reference.renewed(page) == page, "run: python tools/reference.py"


def test_every_key_of_a_record_is_described() -> None:
    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value) | {key for part in value.values() for key in keys(part)}
        return {key for part in value for key in keys(part)} if isinstance(value, list) else set()

    found = keys(json.loads(json.dumps(encode(stage.parsed()))))

    assert {key for key in found if f"`{key}`" not in PAGE} == set()


def test_every_suffix_that_is_read_is_listed() -> None:
    listed = set(re.findall(r"(?<!\S)\.[a-z]+", PAGE.split("## Records")[0]))

    assert set(FORMATS) <= listed


def test_limits_are_those_of_the_code() -> None:
    assert f"more than {MAX_BYTES // 10**6} MB" in CLI
    assert f"of more than {MAX_WHOLE // 10**6} MB" in CLI
