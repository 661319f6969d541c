"""Strings that break maps: markup, template braces, script ends, controls, bidi overrides."""

from __future__ import annotations

from typing import Any

from tests.geo.layers.sample import EVENTS, FakeGazetteer, mention, parsed

from dataclasses import replace  # isort: skip

from geo.types import Actor, Attribution, Document, Event, Evidence, Parsed, Quantity, Unplaced

PAYLOADS = (
    "<script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "<!--<script>",
    "-->",
    "<img src=x onerror='window.hit=1'>",
    '"><svg onload=window.hit=1>',
    "' onmouseover='window.hit=1",
    "{{ 7*7 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{# gone #}",
    "${window.hit=1}",
    "`${alert(1)}`",
    "\\u003cscript\\u003ewindow.hit=1",
    "&lt;b&gt;&amp;&#60;script&#62;",
    "javascript:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    "]]></style><style>*{display:none}",
    "</title><h1>other</h1>",
    "</textarea></noscript></template>",
    "line\u2028separator\u2029paragraph",
    "nul\x00 bell\x07 escape\x1b[31m",
    "\u202egnp.exe\u202c and \u2066unclosed isolate",
    "lone \ud800 surrogate \udfff",
    "%s %(x)s {title} {0} {words.map}",
    "'; DROP TABLE events; --",
    "مرحبا بالعالم",
)


def document(payload: str) -> tuple[list[Parsed], list[Event], FakeGazetteer, dict[str, Any]]:
    """Everything a text, a gazetteer or a caller can put into a page, all of it `payload`."""
    gaz = FakeGazetteer(attribution=payload)
    gaz.places = {key: replace(item, name=payload) for key, item in gaz.places.items()}
    gaz.records = tuple(
        replace(c, territory=payload, claimant=payload, basis=payload, note=payload, label=payload)
        for c in gaz.records
    )
    events = [_event(item, payload, gaz) for item in EVENTS]
    item = parsed()
    resolutions = tuple(
        replace(r, place=gaz.places[r.place.id] if r.place else None, reasons=(payload,))
        for r in item.resolutions
    )
    resolutions += (mention(0, payload, "t:1"),)
    paper = Document("x" + payload, payload, payload, payload, payload, item.document.date)
    made = Parsed(paper, resolutions, tuple(events), (Unplaced("mention", payload, payload, 0, 1),))
    return [made], events, gaz, {"title": payload, "publisher": payload}


def _event(item: Event, payload: str, gaz: FakeGazetteer) -> Event:
    source = Attribution(payload, payload, payload, (payload,))
    when = replace(item.when, text=payload) if item.when else None
    reports = tuple(
        replace(r, document="x" + payload, evidence=Evidence(0, 3, payload), source=source, when=when)
        for r in item.reports
    )
    places = tuple(
        replace(p, place=gaz.places[p.place.id] if p.place else None, text=payload) for p in item.places
    )
    return replace(
        item,
        id=item.id + payload,
        type=payload if item.id == "e4" else item.type,
        places=places,
        reports=reports,
        when=when,
        source=source,
        actors=(Actor(payload, "agent"),),
        quantities=(Quantity(payload, 1, 1, "exact", payload, payload),),
    )
