"""``geo diff``."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, Final

import click

from gazetteer.cli.table import printable, table
from geo.cli import options
from geo.cli.work import say, to_stdout
from geo.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geo.types import Event, Parsed, Resolution

Change = dict[str, Any]
Fields = dict[str, list[str | None]]
WIDTH: Final = 44
"""Characters of a cell of the table; ``--json`` has all of it."""


@click.command("diff", epilog=options.example("geo diff before.jsonl after.jsonl"))
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@click.option(
    "--json", "as_json", is_flag=True, help="JSON Lines, one change per line, instead of the table."
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 where the two differ, as diff does.")
def command(one: str, other: str, *, as_json: bool, exit_code: bool) -> int:
    """Show what two outputs of `geo parse` see differently: A is before, B after.

    Documents are matched by their id, mentions by their position, events by their sentence and type, else by their
    sentence. A mention is changed where its place or role is, an event where its type, status, places or date is.

    The exit code is 0 also where they differ, since 1 means that some input failed; --exit-code changes that.
    """
    import json

    before, failed_before = _read(one)
    after, failed_after = _read(other)
    changes = list(differences(before, after))
    lines = [json.dumps(change, ensure_ascii=False) for change in changes] if as_json else listed(changes)
    to_stdout(line.encode("utf-8") + b"\n" for line in lines)
    say(summary(changes, len(before.keys() & after.keys())))
    return int(failed_before or failed_after or (exit_code and bool(changes)))


def differences(before: dict[str, Parsed], after: dict[str, Parsed]) -> Iterator[Change]:
    """Compare documents by their id.

    Yields
    ------
    dict
        ``document``, ``what`` (document, mention or event), ``change`` (added, removed or changed), ``text``,
        ``start`` and ``end`` (code points into the document's text), and ``fields``: name -> [before, after].
    """
    for name in dict.fromkeys([*before, *after]):
        if name not in after or name not in before:
            change = "added" if name in after else "removed"
            yield _change(
                name, "document", change, (after.get(name) or before[name]).document.title or "", None
            )
            continue
        yield from _mentions(name, before[name], after[name])
        yield from _events(name, before[name].events, after[name].events)


def summary(changes: Sequence[Change], documents: int) -> str:
    """Count the changes in one line.

    Examples
    --------
    >>> summary([], 2)
    'No difference in 2 documents'
    """
    where = f"{documents} document{'' if documents == 1 else 's'}"
    if not changes:
        return f"No difference in {where}"
    counts = Counter((change["what"], change["change"]) for change in changes)
    order = [(what, how) for what in _KINDS for how in _CHANGES if counts[what, how]]
    parts = [f"{what}s {how} {counts[what, how]:,}" for what, how in order]
    return f"{', '.join(parts)}; {where} in both"


def listed(changes: Sequence[Change]) -> list[str]:
    """Lines of a table: one per document, mention, event, and changed field; none where nothing changed."""
    rows = []
    for change in changes:
        fields = change["fields"] or {"": ["", ""]}
        for number, (name, (old, new)) in enumerate(fields.items()):
            head = [change["document"], change["what"], change["change"], _short(change["text"])]
            rows.append([*(head if not number else [""] * len(head)), name, _short(old), _short(new)])
    header = ["document", "what", "change", "text", "field", "A", "B"]
    return table(rows, header).split("\n") if rows else []


_KINDS: Final = ("document", "mention", "event")
_CHANGES: Final = ("added", "removed", "changed")


def _read(path: str) -> tuple[dict[str, Parsed], bool]:
    """Read the records of one file; what fails is told."""
    from geo.codec import decode
    from geo.documents import Failure, read
    from geo.types import Document

    found: dict[str, Parsed] = {}
    failed = False
    for item in read([path], decoder=decode):
        if isinstance(item, Failure):
            say(f"geo: {item}")
            failed = True
        elif isinstance(item, Document):
            raise InputError(f"{path}: holds no records; compare two files that 'geo parse' wrote")
        else:
            found[item.document.id] = item
    if not found:
        raise InputError(f"{path}: no record could be read; nothing was compared")
    return found, failed


def _mentions(name: str, before: Parsed, after: Parsed) -> Iterator[Change]:
    old = {(item.mention.start, item.mention.end): item for item in before.resolutions}
    new = {(item.mention.start, item.mention.end): item for item in after.resolutions}
    for span in sorted(old.keys() | new.keys()):
        one, other = old.get(span), new.get(span)
        left, right = _seen(one), _seen(other)
        text = (one or new[span]).mention.text
        fields: Fields
        if one and other:
            fields = {key: [left[key], right[key]] for key in left if left[key] != right[key]}
            if fields:
                yield _change(name, "mention", "changed", text, span, fields)
        else:
            fields = {"place": [left.get("place"), right.get("place")]}
            yield _change(name, "mention", "added" if other else "removed", text, span, fields)


def _seen(item: Resolution | None) -> dict[str, str]:
    """What a mention is taken for; the id stands beside the name, since many places share one."""
    if item is None:
        return {}
    place = f"{item.place.name} ({item.place.id})" if item.place else "not placed"
    return {"place": place, "role": item.mention.role}


def _events(name: str, before: Sequence[Event], after: Sequence[Event]) -> Iterator[Change]:
    found = []
    for event, one, other in _pairs(before, after):
        span = _span(event)
        left, right = _told(one), _told(other)
        keys = left or right
        fields: Fields = {
            key: [left.get(key), right.get(key)] for key in keys if left.get(key) != right.get(key)
        }
        if fields:
            change = "changed" if one and other else "added" if other else "removed"
            found.append(_change(name, "event", change, event.reports[0].evidence.text, span, fields))
    yield from sorted(found, key=lambda change: (change["start"], change["end"]))


def _told(event: Event | None) -> dict[str, str]:
    """What is compared of an event, in words."""
    if event is None:
        return {}
    when = event.when
    days = [day.isoformat() if day else ".." for day in (when.start, when.end)] if when else []
    places = sorted(f"{one.role} {one.place.name} ({one.place.id})" for one in event.places if one.place)
    return {
        "type": event.type,
        "status": event.status,
        "places": ", ".join(places) or "not placed",
        "date": "/".join(dict.fromkeys(days)) if any(day != ".." for day in days) else "open",
    }


def _pairs(
    before: Sequence[Event], after: Sequence[Event]
) -> Iterator[tuple[Event, Event | None, Event | None]]:
    """Pair events: those that are equal, then those of one sentence and type, then those of one sentence.

    Yields
    ------
    tuple
        The newest form of the event, what it was before, and what it is after.
    """
    old = [event for event in before if event.reports]
    new = [event for event in after if event.reports]
    keys: tuple[Callable[[Event], object], ...] = (
        lambda event: (_span(event), tuple(_told(event).values())),
        lambda event: (_span(event), event.type, _told(event)["places"]),
        lambda event: (_span(event), event.type),
        _span,
    )
    for key in keys:
        waiting: defaultdict[object, list[Event]] = defaultdict(list)
        for event in new:
            waiting[key(event)].append(event)
        left = []
        for event in old:
            if same := waiting[key(event)]:
                match = same.pop(0)
                yield match, event, match
            else:
                left.append(event)
        old, new = left, [event for events in waiting.values() for event in events]
    yield from ((event, event, None) for event in old)
    yield from ((event, None, event) for event in new)


def _span(event: Event) -> tuple[int, int]:
    evidence = event.reports[0].evidence
    return evidence.start, evidence.end


def _change(
    document: str,
    what: str,
    change: str,
    text: str,
    span: tuple[int, int] | None,
    fields: Fields | None = None,
) -> Change:
    start, end = span or (None, None)
    return {
        "document": document,
        "what": what,
        "change": change,
        "text": text,
        "start": start,
        "end": end,
        "fields": fields or {},
    }


def _short(text: str | None) -> str:
    line = printable(text)
    return line if len(line) <= WIDTH else line[: WIDTH - 3] + "..."
