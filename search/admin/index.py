"""Writing Wagtail's index table in the words of this project's analysis."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.search.models import IndexEntry

from search.admin.texts import read_texts
from search.admin.words import stored_words

__all__ = ["RANKS", "WordIndex"]


RANKS = ("title", "autocomplete", "body")
"""Wagtail's columns, used for the texts that name an object, that sum it up, and all others."""


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
        entries = [self._entry(ContentType.objects.get_for_model(model), obj) for obj in objs]
        IndexEntry.objects.bulk_create(
            entries,
            update_conflicts=True,
            unique_fields=["content_type", "object_id"],
            update_fields=RANKS,
        )

    def _entry(self, content_type: ContentType, obj: Any) -> IndexEntry:
        texts = read_texts(obj)
        pieces = zip(RANKS, (texts.names, texts.summaries, texts.others), strict=True)
        columns = {rank: self.column(stored_words(texts), rank) for rank, texts in pieces}
        return IndexEntry(content_type=content_type, object_id=str(obj.pk), **columns)

    def _refresh_title_norms(self, full: bool = False) -> None:
        """Nothing: a column of Wagtail's ranking, which costs a look at all entries each time."""
