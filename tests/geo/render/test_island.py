"""The data island: no text leaves it, no address but one of the web, long columns packed."""

from __future__ import annotations

import json
import re

import pytest

from geo.render.island import clean, island, safe_url, short
from tests.geo.render.hostile import PAYLOADS


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_island_cannot_be_left(payload: str) -> None:
    text = island({payload.encode("utf-8", "replace").decode(): clean(payload)})
    assert not re.search("[<>&\u2028\u2029]", text)
    assert list(json.loads(text).values()) == [clean(payload)]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("HTTP://example.org", "HTTP://example.org"),
        ("javascript:alert(1)", ""),
        (" java\tscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org", ""),
        ("https://a b", ""),
        ("file:///etc/passwd", ""),
        (None, ""),
    ],
)
def test_only_web_addresses_become_links(url: str | None, expected: str) -> None:
    assert safe_url(url) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [("in/two words.txt", "in/two words.txt"), ("in/a.txt", "a.txt"), ("C:\\in\\a.txt", "a.txt"), (None, "")],
)
def test_a_path_is_shortened_to_its_file(title: str | None, expected: str) -> None:
    assert short(title) == expected
