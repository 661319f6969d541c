"""What a run was: versions, data, options, inputs, counts and failures, beside its output.

The same run gives the same manifest: it holds no time, no number of processes and no folder of this machine but those
that the user named. A run that resumes compares versions, data and options with it.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from geo.atomic import write_text
from geo.batch.worker import Counts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from geo.batch.worker import Outcome, Plan
    from geo.documents import Failure

SCHEMA: Final = 1
SUFFIX: Final = ".manifest.json"
MOST_FAILURES: Final = 1000
"""Failures that a manifest lists; it counts all."""
LIBRARIES: Final = (
    "charset-normalizer",
    "feedparser",
    "marisa-trie",
    "numpy",
    "pyarrow",
    "rapidfuzz",
    "selectolax",
)
"""Libraries that read documents or decide what is found in them."""
_MODELS: Final = {"spacy": ("spacy",), "hf": ("transformers", "torch"), "gliner": ("gliner",)}
_NO_CODE: Final = {"data", "render", "__pycache__"}
"""Folders of the packages that have no part in reading, or are told by a digest of their own."""
_COMPARED: Final = ("versions", "data", "options")


class Manifest:
    """Counts along a run and writes itself down.

    Parameters
    ----------
    said : dict
        What `describe` gave.
    """

    def __init__(self, said: dict[str, Any]) -> None:
        self._said = said
        self._documents = 0
        self._sums = [0] * len(Counts._fields)
        self._failed = 0
        self._failures: list[dict[str, str]] = []

    def add(self, outcome: Outcome) -> None:
        """Count a record."""
        self._documents += 1
        for index, value in enumerate(outcome.counts):
            self._sums[index] += value

    def failed(self, failure: Failure) -> None:
        """Count an input that failed, and list the first of them."""
        self._failed += 1
        if len(self._failures) < MOST_FAILURES:
            found = {"where": failure.where, "what": failure.what, "remedy": failure.remedy}
            self._failures.append({key: " ".join(value.split()) for key, value in found.items()})

    def write(self, path: Path, *, done: bool) -> None:
        """Write the file, whole or not at all; counts only at the end of a run.

        Raises
        ------
        OutputError
        """
        record: dict[str, Any] = {"schema": SCHEMA, "state": "done" if done else "running", **self._said}
        if done:
            sums = dict(zip(Counts._fields, self._sums, strict=True))
            record["counts"] = {"documents": self._documents, "failed": self._failed, **sums}
            record["failures"] = self._failures
        write_text(path, json.dumps(record, ensure_ascii=False, indent=1) + "\n")

    def differs(self, path: Path) -> str | None:
        """Say in what the run that wrote a manifest was another one; None where it was the same."""
        try:
            before = json.loads(path.read_text("utf-8"))
            pairs = [
                difference
                for part in _COMPARED
                for difference in _differences(before.get(part) or {}, self._said[part])
            ]
        except FileNotFoundError:
            return f"{path.name} is missing, which says how it was made"
        except (OSError, ValueError, AttributeError) as error:
            return f"{path.name}, which says how it was made, cannot be read ({error})"
        return "it was made with " + ", ".join(pairs) if pairs else None


def _differences(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    names = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    return [f"{name} {_short(before.get(name))} (now {_short(now.get(name))})" for name in names]


def _short(value: Any) -> str:
    text = "none" if value is None else value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= 40 else f"{text[:12]}..."


def describe(
    plan: Plan, inputs: Sequence[str | os.PathLike[str]], *, day: date | None = None
) -> dict[str, Any]:
    """Put together what is known before a run.

    Parameters
    ----------
    plan : Plan
        Its settings are options; files among them are told by their SHA-256.
    inputs : sequence of path-like
        As the user named them.
    day : datetime.date, optional
        Date of documents that have none.
    """
    settings = {name: value for name, value in plan.settings.items() if name != "corrections"}
    if settings.get("base_url"):
        settings["base_url"] = _without_user(settings["base_url"])
    options = {"text": plan.text, "viewpoint": plan.viewpoint, "date": day.isoformat() if day else None}
    return {
        "command": "geo parse",
        "versions": _versions(plan.settings.get("recogniser")),
        "data": _data(plan),
        "options": {**options, **settings},
        "inputs": [os.fspath(one).replace(os.sep, "/") for one in inputs],
    }


def _versions(recogniser: Any) -> dict[str, str]:
    from geo import __version__

    named = _MODELS.get(str(recogniser or "").partition(":")[0], ())
    found = {
        "geodispatch": __version__,
        "code": _code(),
        "python": ".".join(platform.python_version_tuple()[:2]),
    }
    for name in (*LIBRARIES, *named):
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "missing"
    return found


def _code() -> str:
    """Digest of both packages as they are: a checkout changes without changing its version."""
    import gazetteer
    import geo

    return digest_of([Path(str(package.__file__)).parent for package in (gazetteer, geo)])


def digest_of(packages: Sequence[Path]) -> str:
    """Digest of the files of packages, by their names; what Python compiles, and may just be writing, apart."""
    digest = hashlib.sha256()
    for root in packages:
        tops = [path for path in root.iterdir() if path.name not in _NO_CODE]
        files = [path for top in tops for path in (top.rglob("*") if top.is_dir() else [top])]
        for path in sorted(path for path in files if path.parent.name != "__pycache__" and path.is_file()):
            digest.update(f"{root.name}/{path.relative_to(root).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _data(plan: Plan) -> dict[str, str]:
    """SHA-256 of every file that decides what is found, by what it is."""
    from gazetteer.store import DEFAULT_PATH
    from geo.ontology import VARIABLE

    files = {"gazetteer": DEFAULT_PATH}
    for number, path in enumerate(plan.gazetteers, 1):
        files[f"own gazetteer {number}"] = Path(path)
    for name, given in (
        ("corrections", plan.settings.get("corrections")),
        ("ontology", os.environ.get(VARIABLE)),
    ):
        if given:
            files[name] = Path(given)
    return {name: _sha256(path) for name, path in files.items()}


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:  # whoever reads the file tells the user
        return f"unreadable ({error.strerror})"


def _without_user(url: str) -> str:
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
