"""Names by a model behind an endpoint on this machine."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from geo.adapters.chat_names import ChatNamer
from geo.adapters.endpoint import KEY
from geo.adapters.endpoint import Endpoint as Client
from geo.errors import InputError, OptionError
from geo.pipeline import make_stages, parse_item
from geo.types import Document, Parsed

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from tests.geo.adapters.conftest import Endpoint

TEXT = "Gambian envoys left Kherson. Lagosians stayed in Lagos, and Lagos slept."


def places(*pairs: tuple[str, str]) -> str:
    return json.dumps({"places": [{"name": name, "role": role} for name, role in pairs]})


def test_names_are_those_of_the_text_and_the_gazetteer_places_them(
    endpoint: Endpoint, gaz: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY, "secret")
    endpoint.content = places(
        ("Lagos", "literal"), ("Atlantis", "literal"), ("Gambian", "demonym"), ("Kherson", "king"), ("", "")
    )
    stages = make_stages(gaz, recogniser="openai:tiny", base_url=endpoint.url, demonyms=True)
    found = stages.places(Document("a", TEXT))

    assert [(r.mention.text, r.place and r.place.country) for r in found] == [
        ("Gambian", "GM"),
        ("Kherson", "UA"),
        ("Lagos", "NG"),
        ("Lagos", "NG"),
    ]
    [asked] = endpoint.asked
    assert asked["model"] == "tiny"
    assert asked["temperature"] == 0
    assert json.loads(asked["messages"][-1]["content"]) == TEXT
    assert endpoint.headers[0]["Authorization"] == "Bearer secret"


def test_without_a_key_none_is_sent(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(KEY, raising=False)

    assert list(ChatNamer(Client.at("tiny", endpoint.url).ask).names(TEXT)) == []
    assert "Authorization" not in endpoint.headers[0]
    with pytest.raises(OptionError, match=f"needs {KEY} in the environment"):
        Client.at("tiny", None)


def test_a_fence_around_the_answer_is_forgiven(endpoint: Endpoint) -> None:
    endpoint.content = f"```json\n{places(('Kherson', 'literal'))}\n```"

    [named] = ChatNamer(Client("tiny", endpoint.url).ask).names(TEXT)
    assert TEXT[named.start : named.end] == "Kherson"


def test_long_texts_are_sent_in_pieces(endpoint: Endpoint) -> None:
    endpoint.content = places(("Kherson", "literal"))
    text = "It rained for many days in the hills. " * 300 + "Kherson slept."
    [named] = ChatNamer(Client("tiny", endpoint.url).ask).names(text)

    assert len(endpoint.asked) == 2
    assert text[named.start : named.end] == "Kherson"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "I see no places.",
        "{}",
        '{"places": "Kherson"}',
        '{"places": [1]}',
        '{"places": [{"role": "x"}]}',
        None,
    ],
)
def test_another_form_fails_the_document_alone(endpoint: Endpoint, gaz: Gazetteer, content: Any) -> None:
    stages = make_stages(gaz, recogniser="openai:tiny", base_url=endpoint.url)
    endpoint.content = content
    failed = parse_item(stages, Document("a", TEXT))
    endpoint.content = places(("Kherson", "literal"))

    assert str(failed).startswith("a: the endpoint's answer has another form")
    assert isinstance(parse_item(stages, Document("b", TEXT)), Parsed)


@pytest.mark.parametrize("raw", [b"\xff", b"[]", b'{"choices": []}'])
def test_an_answer_that_is_none(endpoint: Endpoint, raw: bytes) -> None:
    endpoint.raw = raw
    with pytest.raises(InputError, match="another form"):
        list(ChatNamer(Client("tiny", endpoint.url).ask).names(TEXT))


@pytest.mark.parametrize("status", [401, 404, 500, 302])
def test_refusals(endpoint: Endpoint, status: int) -> None:
    endpoint.status = status
    with pytest.raises(InputError, match=f"the endpoint refused \\({status}"):
        list(ChatNamer(Client("tiny", endpoint.url, "secret").ask).names(TEXT))


def test_a_slow_endpoint(endpoint: Endpoint) -> None:
    endpoint.delay = 0.5
    with pytest.raises(InputError, match="could not be reached"):
        list(ChatNamer(Client("tiny", endpoint.url, timeout=0.05).ask).names(TEXT))


def test_no_endpoint() -> None:
    with pytest.raises(InputError, match="could not be reached"):
        list(ChatNamer(Client("tiny", "http://127.0.0.1:1").ask).names(TEXT))


@pytest.mark.parametrize("address", ["file:///etc/passwd", "127.0.0.1:8000", "http://", ""])
def test_a_wrong_address(address: str) -> None:
    with pytest.raises(OptionError, match="is no address"):
        Client("tiny", address)
