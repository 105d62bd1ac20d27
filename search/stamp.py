"""What an index was made with: it is built anew when the running code makes entries otherwise."""

from __future__ import annotations

import hashlib

from django.conf import settings

from search.glossary import analyser_of
from search.mapping import entry_fields

__all__ = ["ENTRY_VERSION", "stamp"]

ENTRY_VERSION = 2
"""Raised when :mod:`search.entries` puts something else into the same fields."""


def stamp() -> str:
    """A digest of the fields, the analysis of every locale, and its glossary as it is now."""
    fields = [(spec.name, spec.type) for spec in entry_fields()]
    codes = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    analysis = [analyser_of(code).version for code in codes]
    return _digest(ENTRY_VERSION, fields, analysis)


def _digest(*made_of: object) -> str:
    return hashlib.blake2b(repr(made_of).encode(), digest_size=12).hexdigest()
