"""What stands between a text and the page."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from geo.render.markup import esc, said


class Seen(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, Any]] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text("ab <>&\"'/=;onclick", max_size=40))
def test_a_text_stays_in_its_attribute(text: str) -> None:
    seen = Seen(f'<i title="{esc(text)}">x</i>')

    assert seen.tags == [("i", [("title", text)])]
    assert seen.text == "x"
    assert Seen(f"<i title='{esc(text)}'>x</i>").tags == [("i", [("title", text)])]


@given(st.text("ab <>&\"'/=;script", max_size=40))
def test_a_text_stays_in_its_element(text: str) -> None:
    seen = Seen(said("b", text))

    assert seen.tags == [("b", [("dir", "auto")])]
    assert seen.text == text
