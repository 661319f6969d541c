"""An endpoint that speaks as OpenAI's chat completions do: it is asked with a text as data and answers in JSON."""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from typing import Any, Final
from urllib.parse import urlsplit

from geo.errors import InputError, OptionError

BASE_URL: Final = "https://api.openai.com/v1"
KEY: Final = "OPENAI_API_KEY"
TIMEOUT_S: Final = 60.0
_LARGEST: Final = 1_000_000
"""Bytes of an answer that are read."""


class Endpoint:
    """Asks a model behind an endpoint.

    Parameters
    ----------
    model : str
    base_url : str
        ``http`` or ``https``; ``/chat/completions`` is added.
    key : str
        Sent as a bearer token; "" sends none.
    timeout : float
        Seconds for each request.
    """

    def __init__(
        self, model: str, base_url: str = BASE_URL, key: str = "", *, timeout: float = TIMEOUT_S
    ) -> None:
        parts = urlsplit(base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise OptionError(f"base-url: {base_url!r} is no address such as http://127.0.0.1:8000/v1")
        self._model = model
        self._url = base_url.rstrip("/") + "/chat/completions"
        self._key = key
        self._timeout = timeout

    @classmethod
    def at(cls, model: str, base_url: str | None, *, asked_by: str = "recogniser") -> Endpoint:
        """Take the key from the environment (OPENAI_API_KEY); only OpenAI's own endpoint cannot do without."""
        key = os.environ.get(KEY, "")
        if base_url is None and not key:
            raise OptionError(f"{asked_by}: openai:{model} needs {KEY} in the environment, or --base-url")
        return cls(model, base_url or BASE_URL, key)

    def ask(self, instructions: str, text: str) -> Any:
        """The JSON that the model answers to `text`, which is sent as data; a fence around it is forgiven.

        Raises
        ------
        geo.errors.InputError
            The endpoint cannot be reached in time, refuses, or answers something else.
        """
        body = {
            "model": self._model,
            "temperature": 0,
            "seed": 0,
            "response_format": {"type": "json_object"},
            "messages": [
                {"role": "system", "content": instructions},
                {"role": "user", "content": json.dumps(text, ensure_ascii=False)},
            ],
        }
        answer = self._post(json.dumps(body).encode("utf-8"))
        try:
            content = json.loads(answer)["choices"][0]["message"]["content"]
            fenced = re.fullmatch(r"\s*```(?:json)?\s*(.*?)```\s*", content, re.DOTALL)
            return json.loads(fenced.group(1) if fenced else content)
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
            raise other_form(error) from error

    def _post(self, data: bytes) -> bytes:
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        request = urllib.request.Request(self._url, data, headers)  # noqa: S310  (http or https, checked)
        try:
            with _OPENER.open(request, timeout=self._timeout) as answer:
                return bytes(answer.read(_LARGEST))
        except urllib.error.HTTPError as error:
            raise InputError(
                f"the endpoint refused ({error.code} {error.reason}); check model and key"
            ) from error
        except (OSError, urllib.error.URLError) as error:
            reason = getattr(error, "reason", None) or error
            raise InputError(f"the endpoint could not be reached ({reason}); check --base-url") from error


def other_form(error: Exception) -> InputError:
    """The error for an answer that is not what was asked for."""
    return InputError(
        f"the endpoint's answer has another form ({type(error).__name__}); another model may keep to it"
    )


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Refuses to follow: the key is for one host only."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Never."""


_OPENER: Final = urllib.request.build_opener(_NoRedirect)
