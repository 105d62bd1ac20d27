"""Writing Wagtail's index table in the words of this project's analysis."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.search.models import IndexEntry

from cms.vietnamese.contractions import Contractions
from search.admin.glossaries import load_glossaries
from search.admin.texts import read_texts
from search.admin.words import stored_words

__all__ = ["RANKS", "WordIndex", "current_mark"]

RULES = 1
"""Raised with every change of what is stored for the same object."""

RANKS = ("title", "autocomplete", "body")
"""Wagtail's columns, used for the texts that name an object, that sum it up, and all others."""


def current_mark() -> float:
    """What entries that are written now are marked with: another number for other rules or another
    glossary. It stands in ``title_norm``, a column of Wagtail's ranking, which isn't used here.
    """
    rules = f"{RULES} {[glossary.digest for glossary in load_glossaries()]}".encode()
    return float(int.from_bytes(hashlib.blake2b(rules, digest_size=6).digest()))


class WordIndex:
    """Goes before Wagtail's index class for one database, which deletes and rebuilds."""

    @staticmethod
    def column(words: list[str], rank: str) -> str:
        """The words as the database stores them in the column ``rank``."""
        raise NotImplementedError

    def add_item(self, obj: Any) -> None:
        """Writes the entry of one object."""
        self.add_items(type(obj), [obj])

    def add_items(self, model: type[Any], objs: Iterable[Any]) -> None:
        """Writes the entries of objects of one model, each over what stands there."""
        content_type = ContentType.objects.get_for_model(model)
        glossaries, mark = load_glossaries(), current_mark()
        entries = [
            IndexEntry(
                content_type=content_type,
                object_id=str(obj.pk),
                title_norm=mark,
                **self._columns(obj, glossaries),
            )
            for obj in objs
        ]
        IndexEntry.objects.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=[*RANKS, "title_norm"],
        )

    def _columns(self, obj: Any, glossaries: Sequence[Contractions]) -> dict[str, str]:
        texts = read_texts(obj)
        pieces = zip(RANKS, (texts.names, texts.summaries, texts.others), strict=True)
        return {rank: self.column(stored_words(texts, glossaries), rank) for rank, texts in pieces}

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Nothing: Wagtail would look at all entries for its ranking with each that is written."""
