"""The abbreviations of every language: one index serves them all."""

from __future__ import annotations

from django.conf import settings

from cms.vietnamese.contractions import Contractions
from search.glossary import load_contractions

__all__ = ["load_glossaries"]


def load_glossaries() -> list[Contractions]:
    """The glossary of each language of the content, as editors keep it."""
    return [load_contractions(code) for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
