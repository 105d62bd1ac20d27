"""What the admin's search reads of a content page: the exposed fields that are searched."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.search import index

from cms.pages.build import Build
from cms.pages.kinds.fields import field_text, read_field

__all__ = ["ExposedText", "set_search_fields"]


class ExposedText(index.SearchField):
    """The text of an exposed field, as it would be delivered: of a draft too."""

    def get_value(self, obj: Any) -> list[str]:
        """The pieces of text."""
        data = read_field(obj, self.field_name, Build())
        return list(field_text(type(obj), self.field_name, data))


def set_search_fields(model: type[models.Model]) -> None:
    """Adds a page model's exposed fields to its search fields, unless it has its own."""
    if "search_fields" not in vars(model):
        model.search_fields = [  # type: ignore[attr-defined]
            *model.search_fields,  # type: ignore[attr-defined]
            *(
                ExposedText(exposed.name, boost=exposed.search_weight)
                for exposed in model.exposed_fields  # type: ignore[attr-defined]
                if exposed.search and not exposed.computed
            ),
        ]
