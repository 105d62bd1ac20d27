"""The gate: the one place that decides which documents a reader may see.

Every reader (REST, GraphQL, search, feeds, cards inside other documents) starts from these
queries. A page that was withdrawn has no row; what expires goes here to the second, without
waiting for the worker; the types of disabled plugins are left out, and what is out of the reader's
sight (``cms.pages.scope``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from cms.changes.models import WITHDRAWALS, Change
from cms.pages.models import ContentSnippet, DocumentTag, PublishedDocument, TranslationState
from cms.pages.scope import current_scope
from cms.plugins.registry import registry

__all__ = [
    "pages_tagged",
    "typed_documents",
    "visible_changes",
    "visible_documents",
    "visible_records",
    "visible_states",
    "withdrawals_after",
]


def visible_documents(*, now: datetime | None = None) -> QuerySet[PublishedDocument]:
    """The documents that the reader at hand may see at ``now``, stale ones included.

    A body or a card goes out only through ``cms.pages.reading``, which rebuilds what is stale.
    """
    rows = PublishedDocument.objects.filter(_not_expired(now, ""))
    if (scope := current_scope()).is_limited:
        rows = rows.filter(scope.condition("locale", "page__path"))
    disabled = _disabled_types()
    return rows.exclude(type__in=disabled) if disabled else rows


def typed_documents(model: type[Model], *, now: datetime | None = None) -> QuerySet[Any]:
    """Rows of one page model whose document is visible: for conditions on the model's columns.

    The document's columns are reached as ``document__…``; no row for a disabled plugin's type.
    """
    queryset: QuerySet[Any] = model._default_manager.filter(
        _not_expired(now, "document__"), document__isnull=False
    )
    if (scope := current_scope()).is_limited:
        queryset = queryset.filter(scope.condition("document__locale", "path"))
    content_type = registry.for_model(model)
    return queryset if content_type and content_type.enabled else queryset.none()


def visible_records[S: ContentSnippet](model: type[S]) -> QuerySet[S]:
    """The shared records that a document was built from which the reader may see.

    Where some pages are out of the reader's sight, a document that shows one of those doesn't
    count: the record may stand in its card alone.
    """
    documents = visible_documents()
    if (scope := current_scope()).is_limited:
        elsewhere = PublishedDocument.objects.exclude(scope.condition("locale", "page__path"))
        hidden = elsewhere.annotate(name=_tag("page", "pk")).values("name")
        leading_out = DocumentTag.objects.filter(tag__in=hidden).values("document_id")
        documents = documents.exclude(pk__in=leading_out)
    shown = DocumentTag.objects.filter(tag=OuterRef("own_tag"), document__in=documents)
    records: QuerySet[S] = model._default_manager.annotate(
        own_tag=_tag(str(model._meta.model_name), "pk")
    )
    return records.filter(Exists(shown))


def visible_states(sources: QuerySet[Any]) -> QuerySet[TranslationState]:
    """The states of the translations that there are of ``sources``: ids of visible documents."""
    rows = TranslationState.objects.filter(translation__isnull=False, source_id__in=sources)
    return rows.order_by()


def _tag(name: str, column: str) -> Concat:
    """``topic:5`` of each row."""
    return Concat(Value(f"{name}:"), Cast(column, TextField()), output_field=TextField())


def visible_changes() -> QuerySet[Change]:
    """The numbered entries of the change feed that the public may be told of.

    Of the types of disabled plugins, only that something has gone: a copy must not keep it.
    """
    changes = Change.objects.filter(seq__isnull=False)
    disabled = _disabled_types()
    return changes.exclude(~Q(reason__in=WITHDRAWALS), type__in=disabled) if disabled else changes


def withdrawals_after(seq: Any) -> QuerySet[Change]:
    """Withdrawals of pages after a number of the feed (an expression), unnumbered ones too."""
    types = [one.name for one in registry.pages(include_disabled=True)]
    ahead = Q(seq=None) | Q(seq__gt=seq)
    return Change.objects.filter(ahead, reason__in=WITHDRAWALS, type__in=types).order_by()


def pages_tagged(tags: Iterable[str]) -> QuerySet[Any, int]:
    """Ids of the pages whose documents were built from any of these, for who looks them up here."""
    return DocumentTag.objects.filter(tag__in=tags).values_list("document_id", flat=True)


def _disabled_types() -> list[str]:
    return [t.name for t in registry.pages(include_disabled=True) if not t.enabled]


def _not_expired(now: datetime | None, prefix: str) -> Q:
    later = Q(**{f"{prefix}expires_at__gt": now or timezone.now()})
    return Q(**{f"{prefix}expires_at": None}) | later
