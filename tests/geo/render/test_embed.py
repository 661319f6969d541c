from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.render.embed import figure, iframe, page_title


class Reader(HTMLParser):
    """Collects elements as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def test_the_frame() -> None:
    ((tag, attributes),) = read(iframe("out/map.html", "Two dispatches")).elements

    assert tag == "iframe"
    assert attributes["src"] == "out/map.html"
    assert attributes["title"] == "Two dispatches"
    assert attributes["loading"] == "lazy"
    assert attributes["sandbox"] == "allow-scripts"
    assert "aspect-ratio:16/10" in str(attributes["style"])


def test_the_figure_with_and_without_a_picture() -> None:
    with_picture = read(figure("map.html", "A map", picture="map 1.png", caption="Caption"))

    assert [tag for tag, _ in with_picture.elements] == ["figure", "a", "img", "figcaption", "a"]
    assert with_picture.elements[2][1].items() >= {"src": "map%201.png", "alt": "A map"}.items()
    assert "Caption" in with_picture.words
    assert [tag for tag, _ in read(figure("map.html", "A map")).elements] == [
        "figure",
        "iframe",
        "figcaption",
        "a",
    ]


@given(st.text(min_size=1), st.text())
def test_no_text_leaves_its_attribute(address: str, title: str) -> None:
    elements = read(figure(address, title, picture=address, caption=title)).elements

    assert [tag for tag, _ in elements] == ["figure", "a", "img", "figcaption", "a"]
    assert elements[1][1].keys() == {"href"}
    assert elements[2][1].keys() == {"src", "alt", "loading", "style"}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " JavaScript :x", "data:text/html,x", "vbscript:x"]
)
def test_script_addresses_become_paths(address: str) -> None:
    ((_, attributes),) = read(iframe(address, "x")).elements

    assert str(attributes["src"]).startswith("./")


def test_titles() -> None:
    assert page_title("<html><title lang=en>\n War &amp; peace\n</title>") == "War & peace"
    assert page_title("<title></title>") is None
    assert page_title("") is None
