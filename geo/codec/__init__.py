"""`Parsed` <-> the JSON record of `geo parse`, one document per line.

The record is the contract with other programs: keys are only ever added within one ``schema``. It holds what
the layers need, so a map drawn from records equals the map drawn from the texts. What only the resolver needs
(how a candidate's name was matched, populations) is not in it. ``docs/formats.md`` describes every key.
"""

from geo.codec.events import encode_event
from geo.codec.record import SCHEMA, decode, dumps, encode
from geo.codec.values import Record

__all__ = ["SCHEMA", "Record", "decode", "dumps", "encode", "encode_event"]
