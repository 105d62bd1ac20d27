"""Keeps published documents in step with pages: every change of a page passes here.

One function, :func:`sync_page`, compares what a page should show with what is stored and writes
the difference together with its entry in the change feed, inside the transaction that changes
the content. It is idempotent: what triggered it (a save, a move, a restriction) does not matter,
only what the database says now.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.changes.feed import append
from cms.changes.models import Reason
from cms.pages import subtree
from cms.pages.builder import BuiltDocument, build_document
from cms.pages.copies import load_originals, lock_original, sync_copies
from cms.pages.entries import change_of, own_tags, withdraw
from cms.pages.fingerprint import fingerprint, is_fresh, needs_rebuild
from cms.pages.models import ContentPage, DocumentTag, PublishedDocument
from cms.pages.paths import load_roots
from cms.pages.scope import EVERYTHING, seeing
from cms.pages.stale import mark_stale
from cms.plugins.registry import registry
from cms.vietnamese.collation import sort_key

__all__ = ["load_public_page", "rebuild", "remove_page", "stale_documents", "sync_page"]


@seeing(EVERYTHING)
@transaction.atomic
def sync_page(page_id: int, reason: Reason | None = None) -> None:
    """Brings the page's document, its subtree's addresses and the feed up to date.

    ``reason`` names the cause where the difference alone can't tell it (``restrict``).
    """
    lock_original(page_id)
    row = PublishedDocument.objects.select_for_update().filter(pk=page_id).first()
    page = load_public_page(page_id)
    if page is None:
        _sync_hidden(page_id, row, reason)
        return
    built = build_document(page)
    stored = _store(page, built)
    _record(built, row, stored)
    if row is None or row.path != built.path:
        if row is not None:
            subtree.redirect([(row.path, stored)])
        subtree.sync_below(page)
    if row is None or row.expires_at != stored.expires_at:
        sync_copies([page_id])


def _sync_hidden(page_id: int, row: PublishedDocument | None, reason: Reason | None) -> None:
    """A page that isn't public has no row, and still hands its address and privacy down."""
    base = Page.objects.filter(pk=page_id).first()
    if row is not None:
        expired = base is not None and base.expired
        withdraw([row], reason or (Reason.EXPIRE if expired else Reason.UNPUBLISH))
        sync_copies([page_id])
    if base is not None:
        subtree.sync_below(base)


@transaction.atomic
def remove_page(page_id: int) -> None:
    """Removes what was published of a page that is being deleted.

    Other pages' rows that pointed at it go with it, so those are stale even if nobody could read
    this one.
    """
    if row := PublishedDocument.objects.filter(pk=page_id).first():
        withdraw([row], Reason.DELETE)
    else:
        mark_stale([f"page:{page_id}"])


@seeing(EVERYTHING)  # what is stored is for all readers, whoever made it due
@transaction.atomic
def rebuild(page_id: int) -> bool:
    """Rebuilds a stale document; False when the page is not public any more.

    The row is locked first: whoever marks it stale has either done so (and what made it stale
    is read now) or waits for this transaction and marks it again.
    """
    lock_original(page_id)
    row = PublishedDocument.objects.select_for_update().filter(pk=page_id).first()
    if row is None:
        return False
    if is_fresh(row):
        return True
    page = load_public_page(page_id)
    if page is None:
        withdraw([row], Reason.UNPUBLISH)
        sync_copies([page_id])
        return False
    built = build_document(page)
    stored = _store(page, built)
    if not row.body:  # just become public: announced then, and read by nobody before
        return True
    turned = row.rebuild_at is not None and row.rebuild_at <= timezone.now()
    reshaped = row.fingerprint != stored.fingerprint
    if (turned or reshaped) and bytes(row.body) != built.body:
        # Time itself changed it (a period began or ended), or a release or setting did (a plugin
        # was disabled that it has blocks of): no other entry tells of that.
        append([change_of(stored, Reason.UPDATE, provided=stored.provides)])
    if bytes(row.card) != built.card:
        mark_stale([f"page:{page_id}"], but=page_id)
    return True


def stale_documents() -> list[int]:
    """Ids of the documents that a reader would have to rebuild now."""
    due = PublishedDocument.objects.filter(needs_rebuild()).order_by("pk")
    return list(due.values_list("pk", flat=True))


def load_public_page(page_id: int) -> ContentPage | None:
    """The specific page, fresh from the database, if the public may see it; else None.

    A disabled plugin's pages count as public here: their documents stay in step, and the gate
    leaves them out, so that enabling the plugin brings them back as they are.
    """
    base = Page.objects.filter(pk=page_id, live=True).first()
    if base is None or not subtree.is_public(base):
        return None
    original = load_originals([base]).get(page_id)
    if original is not None and not original.is_public:
        return None
    page = base.specific
    if not isinstance(page, ContentPage) or registry.for_model(type(page)) is None:
        return None
    if load_roots().public_path(page.url_path, page.locale.language_code) is None:
        return None
    return page


def _store(page: ContentPage, built: BuiltDocument) -> PublishedDocument:
    """Writes the document and its tags."""
    parent = page.get_parent()
    tags = sorted(built.tags)
    row = PublishedDocument(
        pk=page.pk,
        type=built.type,
        locale=page.locale.language_code,
        path=built.path,
        slug=page.slug,
        title=page.title,
        title_key=sort_key(page.title),
        parent_id=parent.pk if parent else None,
        translation_key=page.translation_key,
        published_at=page.first_published_at,
        updated_at=page.last_published_at,
        expires_at=subtree.earliest(page.expire_at, built.original_expires_at),
        body=built.body,
        card=built.card,
        card_tags=sorted(built.card_tags),
        tags=tags,
        provides=sorted(page.change_tags()),
        etag=built.etag,
        rebuild_at=built.rebuild_at,
        fingerprint=fingerprint(),
        built_at=timezone.now(),
    )
    row.save()
    DocumentTag.objects.filter(document_id=page.pk).exclude(tag__in=tags).delete()
    DocumentTag.objects.bulk_create(
        (DocumentTag(document_id=page.pk, tag=tag) for tag in tags), ignore_conflicts=True
    )
    return row


def _record(built: BuiltDocument, before: PublishedDocument | None, now: PublishedDocument) -> None:
    """Writes the change's entry and marks dependants stale; nothing when nothing changed.

    An expiry is in no body, yet whoever shows the page must learn of a new one: it is the moment
    from which what they keep reads differently.
    """
    expires_anew = before is not None and before.expires_at != now.expires_at
    if before is not None and bytes(before.body) == built.body and not expires_anew:
        return
    moved = before is not None and before.path != now.path
    if before is None:
        reason = Reason.PUBLISH
    elif moved:
        reason = Reason.MOVE if before.parent_id != now.parent_id else Reason.SLUG
    else:
        reason = Reason.UPDATE
    provided = {*now.provides, *(before.provides if before is not None else ())}
    previous_path = before.path if before is not None and moved else ""
    append([change_of(now, reason, previous_path=previous_path, provided=provided)])
    if before is None or expires_anew or bytes(before.card) != built.card:
        provided.update(own_tags(now))
    mark_stale(provided, but=now.pk)
