"""Reading documents: what passes the gate, rebuilt first where it is stale."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cms.pages.builder import BuiltDocument, build_document
from cms.pages.fingerprint import is_fresh
from cms.pages.models import PublishedDocument
from cms.pages.publishing import load_public_page, rebuild
from cms.pages.visibility import visible_documents

__all__ = ["fresh_documents", "load_document", "read_in_part"]


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


def read_in_part(page_id: int) -> BuiltDocument | None:
    """A visible page's document for a reader who sees a part of the portal only.

    It is built for them and never stored: what it refers to out of their sight is null or left
    out. None where the page was withdrawn meanwhile.
    """
    page = load_public_page(page_id)
    return build_document(page) if page is not None else None
