"""Giving place names their places: document-level, with reasons, and None rather than a guess."""

from __future__ import annotations

from geo.places.explain import explain
from geo.places.resolver import Resolver

__all__ = ["Resolver", "explain"]
