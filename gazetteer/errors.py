"""Errors of the gazetteer.

GazetteerError
├── GazetteerMissingError (FileNotFoundError)   no compiled artefact where one was expected
├── GazetteerFormatError (ValueError)           a file is no artefact, or of another version
├── SourceError (ValueError)                    a source cannot be read while building
├── UnknownPlaceError (KeyError)                no place has that id
└── UnknownViewpointError (ValueError)          no row of the disputed units is of that viewpoint
"""

from __future__ import annotations


class GazetteerError(Exception):
    """Base of all errors raised by the gazetteer."""


class GazetteerMissingError(GazetteerError, FileNotFoundError):
    """No compiled artefact where one was expected."""


class GazetteerFormatError(GazetteerError, ValueError):
    """A file is no artefact, or one of another format version."""


class SourceError(GazetteerError, ValueError):
    """A source cannot be read while building; the message names file and line."""


class UnknownPlaceError(GazetteerError, KeyError):
    """No place has the id that was asked for."""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


class UnknownViewpointError(GazetteerError, ValueError):
    """A viewpoint that no row of the disputed units has; the message lists the known ones."""
