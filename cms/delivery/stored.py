"""Documents as REST delivers them: found through the gate, fresh, with prepared queries.

The fields that an answer needs are read, not whole model instances. What is stale goes the way of
``cms.pages.reading``, which rebuilds it first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, cast

import orjson
from django.conf import settings
from django.db.models import (
    BigIntegerField,
    DateTimeField,
    F,
    Field,
    QuerySet,
    TextField,
    UUIDField,
)
from django.db.models.functions import Cast
from django.db.models.lookups import In
from django.utils import timezone

from cms.delivery.parts import Part, Parts
from cms.delivery.query.prepared import Slot, prepared
from cms.pages.fingerprint import is_fresh
from cms.pages.reading import fresh_documents, read_in_part, tags_out_of_sight
from cms.pages.scope import current_scope
from cms.pages.visibility import visible_documents

if TYPE_CHECKING:
    from cms.pages.models import PublishedDocument

__all__ = [
    "COLUMNS",
    "NOW",
    "PARTS",
    "Stored",
    "disabled_plugins",
    "find_document",
    "find_documents",
]

type Form = Literal["body", "card"]

NOW = Slot("now", DateTimeField())
"""The moment of the request, in every prepared query that goes through the gate."""

PARTS = Parts(16 * 2**20)
"""What this process has built for readers who see a part of the portal."""

_KEYS: dict[str, Field[Any, Any]] = {
    "pk": BigIntegerField(),
    "path": TextField(),
    "locale": TextField(),
    "translation_key": UUIDField(),
}


class Stored(NamedTuple):
    """What is needed of a document: ``content`` is its whole JSON or its card's.

    A tuple, since a list makes a hundred of them.
    """

    pk: int
    type: str
    locale: str
    stale: bool
    fingerprint: str
    rebuild_at: datetime | None
    expires_at: datetime | None
    built_at: datetime | None
    tag_list: str
    """The JSON of the tags that the content was built from."""
    content: bytes
    etag: str = ""
    translation_key: Any = None

    @property
    def tags(self) -> list[str]:
        """What the content was built from."""
        tags: list[str] = orjson.loads(self.tag_list)
        return tags

    @property
    def until(self) -> datetime | None:
        """The moment from which the document may read differently, or be gone, by itself."""
        if self.expires_at is None or self.rebuild_at is None:
            return self.expires_at or self.rebuild_at
        return min(self.expires_at, self.rebuild_at)


_FIELDS = ("pk", "type", "locale", "stale", "fingerprint", "rebuild_at", "expires_at", "built_at")
COLUMNS: dict[Form, tuple[str, ...]] = {
    "body": (*_FIELDS, "tag_list", "body", "etag", "translation_key"),
    "card": (*_FIELDS, "tag_list", "card"),
}
"""What is selected of a document's row, in the order of :class:`Stored`."""

_TAGS: dict[Form, str] = {"body": "tags", "card": "card_tags"}
_TAG_LIST = len(_FIELDS)
_CONTENT = _TAG_LIST + 1


def disabled_plugins() -> tuple[str, ...]:
    """What the gate depends on beside the database: part of every shape."""
    return tuple(settings.CMS_DISABLED_PLUGINS)


def find_document(**keys: Any) -> Stored | None:
    """The one visible document with these keys (``pk``, ``path``, ``locale``,
    ``translation_key``), fresh: one query while it is stored fresh."""

    def build() -> QuerySet[Any]:
        slots = {name: Slot(name, _KEYS[name]) for name in keys}
        return _columns(visible_documents(now=cast(Any, NOW)).filter(**slots), "body")

    now = timezone.now()
    query = prepared(("document", *keys, disabled_plugins()), build)
    rows = query.rows({**keys, "now": now})
    return next(iter(_fresh([_stored(row) for row in rows[:1]], "body", now)), None)


def find_documents(ids: Sequence[int], form: Form) -> list[Stored]:
    """The visible documents with these ids, in their order, fresh: one query.

    The ids come from the database, so that they need no adapting to it.
    """
    if not ids:
        return []
    names = [f"id_{number}" for number in range(len(ids))]

    def build() -> QuerySet[Any]:
        slots = [Slot(name, _KEYS["pk"], adapt=False) for name in names]
        rows = visible_documents(now=cast(Any, NOW)).filter(In(F("pk"), slots))
        return _columns(rows, form)

    now = timezone.now()
    query = prepared(("documents", form, len(ids), disabled_plugins()), build)
    rows = query.rows({**dict(zip(names, ids, strict=True)), "now": now})
    found = {row[0]: _stored(row) for row in rows}
    return _fresh([found[pk] for pk in ids if pk in found], form, now)


def _fresh(rows: list[Stored], form: Form, now: datetime) -> list[Stored]:
    """The rows, those that are stale rebuilt, those that are withdrawn meanwhile gone."""
    if not all(is_fresh(cast("PublishedDocument", row), now) for row in rows):
        models = visible_documents().in_bulk([row.pk for row in rows])
        fresh = fresh_documents(models[row.pk] for row in rows if row.pk in models)
        rows = [_stored_from(one, form) for one in fresh]
    if current_scope().is_limited:
        return _in_parts(rows, form, now)
    return rows


def _in_parts(rows: list[Stored], form: Form, now: datetime) -> list[Stored]:
    """The rows for a reader who sees a part of the portal; few of them lead out of it."""
    hidden = tags_out_of_sight({tag for row in rows for tag in row.tags})
    seen = (_in_part(row, form, now) if hidden.intersection(row.tags) else row for row in rows)
    return [row for row in seen if row is not None]


def _in_part(row: Stored, form: Form, now: datetime) -> Stored | None:
    """The row for a reader who doesn't see all that it refers to: kept, or built."""
    key = (row.pk, form, row.built_at, row.fingerprint, current_scope())
    part = PARTS.get(key, now)
    if part is None:
        built = read_in_part(row.pk)
        if built is None:
            return None
        part = Part.of(built, form)
        if part.tags.issubset(row.tags):  # else it would not be felt when they change
            PARTS.put(key, part)
    tag_list = orjson.dumps(sorted(part.tags)).decode()
    return row._replace(
        content=part.content, etag=part.etag, tag_list=tag_list, rebuild_at=part.rebuild_at
    )


def _columns(rows: QuerySet[Any], form: Form) -> QuerySet[Any]:
    """The rows with the columns of a form; tags as text, which orjson reads faster than Django."""
    rows = rows.annotate(tag_list=Cast(_TAGS[form], TextField()))
    return rows.values_list(*COLUMNS[form])


def _stored_from(document: PublishedDocument, form: Form) -> Stored:
    row = [getattr(document, name, None) for name in COLUMNS[form]]
    row[_TAG_LIST] = orjson.dumps(getattr(document, _TAGS[form])).decode()
    return _stored(row)


def _stored(row: list[Any]) -> Stored:
    """A row's values; a binary column may come as a memoryview."""
    row[_CONTENT] = bytes(row[_CONTENT])
    return Stored(*row)
