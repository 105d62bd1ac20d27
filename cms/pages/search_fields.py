"""What the admin's search reads of a content page: the exposed fields that are searched.

The public search reads delivered documents instead; these are Wagtail's own search fields, so that
drafts are read without building anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.fields import StreamField
from wagtail.search import index

from cms.pages.kinds.fields import model_field

__all__ = ["set_search_fields"]


def set_search_fields(model: type[models.Model]) -> None:
    """Adds a page model's exposed fields to its search fields, unless it has its own."""
    if "search_fields" in vars(model):
        return
    exposed_fields: list[Any] = model.exposed_fields  # type: ignore[attr-defined]
    model.search_fields = [  # type: ignore[attr-defined]
        *model.search_fields,  # type: ignore[attr-defined]
        *(
            _search_field(model_field(model, exposed.name), exposed.search_weight)
            for exposed in exposed_fields
            if exposed.search and not exposed.computed
        ),
    ]


def _search_field(field: Any, weight: float) -> Any:
    """Wagtail's search field for one model field; of a relation, what the other side is called."""
    if field.is_relation:
        return index.RelatedFields(field.name, list(_fields_of(field.related_model, weight)))
    return index.SearchField(field.name, boost=weight)


def _fields_of(model: type[models.Model], weight: float) -> Iterator[Any]:
    """What rows of a child model, records, or media and pages that are referred to are found by."""
    if issubclass(model, index.Indexed):
        for known in model.get_search_fields():  # type: ignore[attr-defined]  # Wagtail is untyped
            if isinstance(known, index.SearchField) and (known.boost or 1.0) > 1.0:
                yield index.SearchField(known.field_name, boost=weight)
        return
    for exposed in getattr(model, "exposed_fields", ()):
        if not exposed.computed:
            field = model_field(model, exposed.name)
            if field.is_relation or _is_text(field):
                yield _search_field(field, weight)


def _is_text(field: Any) -> bool:
    return (
        isinstance(field, models.CharField | models.TextField | StreamField) and not field.choices
    )
