"""Signals that reach documents from outside ``ContentPage``: one line each.

Wagtail saves base ``Page`` rows (moves, unpublishing from listings), deletes whole subtrees by
query, and edits restrictions and sites without touching any page.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction, Site

from cms.changes.models import Reason
from cms.pages.copies import copies_of
from cms.pages.models import (
    ContentSnippet,
    Organisation,
    PortalDocument,
    PortalImage,
    SectionPolicy,
)
from cms.pages.publishing import remove_page, sync_page
from cms.pages.record_translations import forget_record
from cms.pages.section_policies import apply_policy
from cms.pages.stale import mark_collection_stale, mark_stale, touch, touch_linked

__all__ = ["connect", "follow_deletion"]


def connect() -> None:
    """Connects the receivers, and makes the saves that they hang on atomic.

    Saving a restriction is one statement in a transaction of its own, after which the signal is
    sent: without the wrapper a crash between the two would leave a private page public.
    """
    for model in (PageViewRestriction, CollectionViewRestriction, Site):
        model.save = transaction.atomic(model.save)
    post_save.connect(on_base_page_saved, sender=Page, dispatch_uid="cms.pages")
    pre_delete.connect(on_page_deleting, sender=Page, dispatch_uid="cms.pages")
    post_delete.connect(on_page_deleted, sender=Page, dispatch_uid="cms.pages")
    for signal in (post_save, post_delete):
        signal.connect(on_restriction_changed, sender=PageViewRestriction, dispatch_uid="cms.pages")
        signal.connect(
            on_collection_restriction_changed,
            sender=CollectionViewRestriction,
            dispatch_uid="cms.pages",
        )
    for signal in (post_save, post_delete):
        signal.connect(on_policy_changed, sender=SectionPolicy, dispatch_uid="cms.pages")
    post_save.connect(on_site_saved, sender=Site, dispatch_uid="cms.pages")
    for model in (PortalImage, PortalDocument):
        follow_deletion(model)
    move = Collection.move

    def move_collection(self: Collection, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            move(self, *args, **kwargs)
            mark_collection_stale(Collection.objects.get(pk=self.pk))

    Collection.move = move_collection  # rewrites tree paths by SQL, without any signal
    through = Organisation.predecessors.through
    m2m_changed.connect(on_bodies_linked, sender=through, dispatch_uid="cms.pages")


def on_base_page_saved(instance: Page, **kwargs: Any) -> None:
    """A base row was saved: a move, or an action on a page that isn't specific."""
    if not kwargs.get("raw"):
        sync_page(instance.pk)


def follow_deletion(model: type[Model]) -> None:
    """Makes documents stale when a record or a medium of this model is deleted, by query too."""
    post_delete.connect(on_shared_deleted, sender=model, dispatch_uid="cms.pages.shared")


def on_shared_deleted(instance: Any, **kwargs: Any) -> None:
    """Something that documents are made from was deleted, in the deletion's own transaction."""
    if isinstance(instance, ContentSnippet):
        forget_record(type(instance), instance.pk)
    touch(instance.tag.partition(":")[0], instance.pk, [instance.tag], Reason.DELETE)


def on_bodies_linked(instance: Organisation, action: str, **kwargs: Any) -> None:
    """A body took over from others, which name it as their successor though none was saved."""
    if action in ("post_add", "post_remove"):
        touch_linked(instance, kwargs["pk_set"])


def on_page_deleting(instance: Page, **kwargs: Any) -> None:
    """What shows the page's text is withdrawn with it, and stays as a draft.

    Nobody could tell afterwards that it was this page's: an alias becomes an ordinary page.
    """
    for copy in Page.objects.filter(pk__in=copies_of([instance.pk]), live=True):
        copy.specific.unpublish()


def on_page_deleted(instance: Page, **kwargs: Any) -> None:
    """A page was deleted, alone or with a subtree."""
    remove_page(instance.pk)


def on_restriction_changed(instance: PageViewRestriction, **kwargs: Any) -> None:
    """A page became private or public; where the page itself is being deleted, it is neither."""
    if not _is_cascade(kwargs.get("origin"), PageViewRestriction):
        sync_page(instance.page_id, Reason.RESTRICT)


def on_collection_restriction_changed(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    """A collection of images and files became private or public."""
    if not _is_cascade(kwargs.get("origin"), CollectionViewRestriction):
        mark_collection_stale(instance.collection)


def on_policy_changed(instance: SectionPolicy, **kwargs: Any) -> None:
    """What an untranslated page is has changed; not where its section is being deleted."""
    if not kwargs.get("raw") and not _is_cascade(kwargs.get("origin"), SectionPolicy):
        apply_policy(instance)


def on_site_saved(instance: Site, **kwargs: Any) -> None:
    """The portal's root may be another page now: every address below it may differ."""
    if instance.is_default_site:
        sync_page(instance.root_page_id)
        mark_stale([f"page:{instance.root_page_id}"])


def _is_cascade(origin: Any, model: type[Model]) -> bool:
    """Whether a deletion began at something else than ``model`` (an instance or a query)."""
    began_at = getattr(origin, "model", type(origin))
    return origin is not None and not issubclass(began_at, model)
