"""Reading documents: what passes the gate, rebuilt first where it is stale."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q

from cms.pages.builder import BuiltDocument, build_document
from cms.pages.fingerprint import is_fresh
from cms.pages.models import PublishedDocument
from cms.pages.publishing import load_public_page, rebuild
from cms.pages.scope import EVERYTHING, current_scope, seeing
from cms.pages.visibility import visible_documents

__all__ = ["fresh_documents", "load_document", "read_in_part", "tags_out_of_sight"]


def load_document(**lookup: Any) -> PublishedDocument | None:
    """The one visible document for a look-up such as ``pk=41`` or ``path="/tin-tuc/"``.

    One query while the stored document is fresh; a stale one is rebuilt before it is returned.
    """
    row = visible_documents().filter(**lookup).first()
    if row is None or is_fresh(row):
        return row
    return next(iter(fresh_documents([row])), None)


def fresh_documents(rows: Iterable[PublishedDocument]) -> list[PublishedDocument]:
    """The same rows in the same order, each stale one rebuilt, those withdrawn meanwhile gone."""
    fresh: list[PublishedDocument] = []
    for row in rows:
        if is_fresh(row):
            fresh.append(row)
        elif rebuild(row.pk):
            fresh.extend(visible_documents().filter(pk=row.pk))
    return fresh


def tags_out_of_sight(tags: Collection[str]) -> set[str]:
    """Those of a build's tags that name a public page out of the reader's sight: one query.

    A document without any reads the same for this reader as for everybody.
    """
    named = {prefix: [tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)]
             for prefix in ("page:", "translations:")}  # fmt: skip
    wanted = Q(pk__in=named["page:"]) | Q(translation_key__in=named["translations:"])
    in_sight = current_scope().condition("locale", "page__path")
    with seeing(EVERYTHING):
        rows = visible_documents().filter(wanted & ~in_sight)
        found = rows.values_list("pk", "translation_key")
        return {tag for pk, key in found for tag in (f"page:{pk}", f"translations:{key}")}


def read_in_part(page_id: int) -> BuiltDocument | None:
    """A visible page's document for a reader who sees a part of the portal only.

    It is built for them and never stored: what it refers to out of their sight is null or left
    out. None where the page was withdrawn meanwhile.
    """
    page = load_public_page(page_id)
    return build_document(page) if page is not None else None
