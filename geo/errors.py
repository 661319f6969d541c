"""Errors of the toolkit.

GeoError
├── InputError (ValueError)          a document or file cannot be read: what, where, what to do
├── OutputError (OSError)            an output cannot be written; nothing half-written is left
├── OptionError (ValueError)         an option or its value is wrong
└── MissingExtraError (ImportError)  an optional library is not installed; names the extra
"""

from __future__ import annotations


class GeoError(Exception):
    """Base of all errors raised by the toolkit."""


class InputError(GeoError, ValueError):
    """A document or file cannot be read; the message says what, where and what to do."""


class OutputError(GeoError, OSError):
    """An output cannot be written; whatever stood there before is left whole."""


class OptionError(GeoError, ValueError):
    """An option or its value is wrong."""


class MissingExtraError(GeoError, ImportError):
    """An optional library is not installed; the message names the extra to install."""
