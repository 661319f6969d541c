"""Files, folders, feeds and tables -> documents.

What is read: ``.txt`` and ``.md`` (YAML front matter is metadata), ``.html``, JSON Lines, CSV and Parquet
with a ``text`` column, RSS and Atom feeds, standard input, and the records that `geo parse` wrote.
"""

from __future__ import annotations

from geo.documents.decode import MAX_BYTES
from geo.documents.failure import Failure
from geo.documents.outlets import outlet_home, outlet_names
from geo.documents.reader import read
from geo.documents.stamps import as_date

__all__ = ["MAX_BYTES", "Failure", "as_date", "outlet_home", "outlet_names", "read"]
