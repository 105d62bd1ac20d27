"""What of an object the admin's search reads: its search fields, those of its draft too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager
from wagtail.models import Page
from wagtail.search.index import AutocompleteField, RelatedFields, SearchField

__all__ = ["Texts", "read_texts"]

NAMING_BOOST = 4.0
"""The boost from which a field names its object: titles, numbers, codes, tags."""
SUMMING_UP_BOOST = 2.0
"""The boost from which a field sums it up: leads, abstracts."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The pieces of text of one object, by what they say of it: what ranks first comes first."""

    names: list[str] = field(default_factory=list)
    summaries: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def of_boost(self, boost: float) -> list[str]:
        """Where the texts of a field with that boost belong."""
        if boost >= NAMING_BOOST:
            return self.names
        return self.summaries if boost >= SUMMING_UP_BOOST else self.others


def read_texts(instance: Any) -> Texts:
    """The texts of an indexed object, with those of changes that aren't published yet."""
    found = Texts()
    for state in _states(instance):
        for boost, text in _field_texts(state, state.get_search_fields()):
            texts = found.of_boost(boost)
            if text and text not in texts:
                texts.append(text)
    return found


def _states(instance: Any) -> Iterator[Any]:
    """The object as stored; of a published page that is being changed, the changes too.

    The row of a page that was never published holds its draft.
    """
    yield instance
    if isinstance(instance, Page) and instance.live and instance.has_unpublished_changes:
        yield instance.get_latest_revision_as_object()


def _field_texts(instance: Any, fields: Iterable[Any]) -> Iterator[tuple[float, str]]:
    """Boost and text of every field; those that only complete what is typed count once."""
    fields = list(fields)
    searched = {field.field_name for field in fields if isinstance(field, SearchField)}
    for entry in fields:
        if isinstance(entry, RelatedFields):
            for related in _related(entry.get_value(instance)):
                yield from _field_texts(related, entry.fields)
        elif isinstance(entry, SearchField):
            for text in _pieces(entry.get_value(instance)):
                yield entry.boost or 1.0, text
        elif isinstance(entry, AutocompleteField) and entry.field_name not in searched:
            for text in _pieces(entry.get_value(instance)):
                yield 1.0, text


def _related(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    return value.all() if isinstance(value, Manager) else (value,)


def _pieces(value: Any) -> Iterator[str]:
    match value:
        case None:
            return
        case str():
            yield value
        case dict():
            for part in value.values():
                yield from _pieces(part)
        case list() | tuple():
            for part in value:
                yield from _pieces(part)
        case _:
            yield str(value)
