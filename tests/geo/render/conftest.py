"""Pages of the invented world, and a way to open them with the network blocked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from geo.layers import build
from geo.render.page import page
from tests.geo.layers.sample import EVENTS, FakeGazetteer, parsed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="session")
def sample_html() -> str:
    """A page of the invented world."""
    gaz = FakeGazetteer()
    documents = [parsed()]
    return page(build(documents, EVENTS, gaz), documents, gaz, title="Two countries")


@dataclass
class Opened:
    """A page in the browser with what it asked for and said."""

    page: Page
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)


@pytest.fixture
def open_html(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open a text as a file; every request but the one for the file itself is refused and noted."""
    contexts = []

    def opened(text: str, **options: Any) -> Opened:
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(text, encoding="utf-8")
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        context.set_default_timeout(20_000)
        made = Opened(context.new_page())

        def judge(route: Any) -> None:
            if route.request.url == path.as_uri():
                route.continue_()
            else:
                made.requests.append(route.request.url)
                route.abort()

        context.route("**/*", judge)
        made.page.on("console", lambda message: made.messages.append(message.text))
        made.page.on("pageerror", lambda error: made.messages.append(str(error)))
        made.page.on("dialog", lambda dialog: made.messages.append(dialog.message))
        made.page.goto(path.as_uri())
        return made

    yield opened
    for context in contexts:
        context.close()
