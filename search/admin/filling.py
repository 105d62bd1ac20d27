"""Entries that nobody has written yet: of rows that came by a migration, past Django's signals."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast
from wagtail.search.index import get_indexed_models, insert_or_update_object
from wagtail.search.models import IndexEntry

from cms.changes.duties import Duty

__all__ = ["FillEntries"]

_MOST = 100
"""Objects of one round: the worker's other work doesn't wait longer."""


class FillEntries(Duty):
    """Once in a worker's life: migrations run before it starts, and later rows are saved."""

    name = "fill_admin_search"

    def __init__(self) -> None:
        self._missing: Iterable[str] | None = None

    def due(self) -> Iterable[str]:
        """``object:5:12`` for each object without an entry: its content type and its number."""
        if self._missing is None:
            self._missing = iter(_missing())
        return list(islice(self._missing, _MOST))

    @transaction.atomic
    def run(self, key: str) -> bool:
        """Writes one entry. The object is locked: what a save writes meanwhile comes after."""
        _object, type_id, pk = key.split(":", 2)
        model = ContentType.objects.get_for_id(int(type_id)).model_class()
        instance = model and model._default_manager.select_for_update().filter(pk=pk).first()
        if instance is None:
            return False
        insert_or_update_object(instance)
        return True


def _missing() -> list[str]:
    found = []
    for model in get_indexed_models():
        content_type = ContentType.objects.get_for_model(model)
        entry = IndexEntry.objects.filter(
            content_type=content_type, object_id=Cast(OuterRef("pk"), CharField())
        )
        rows = model.get_indexed_objects().filter(~Exists(entry)).order_by("pk")
        found += [f"object:{content_type.pk}:{pk}" for pk in rows.values_list("pk", flat=True)]
    return found
