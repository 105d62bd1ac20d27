"""Drafts: what isn't published, for the few who may see it before.

This is the one way around the gate (``cms.pages.visibility``), so it is narrow: one page at a time,
known by its id, for a reader whose right the caller has checked. A draft's references go through
the gate like everyone's: another draft that it names is null. A test sees to it that nothing but
the preview and the drafts of tokens imports this module.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page

from cms.pages import subtree
from cms.pages.models import ContentPage
from cms.pages.paths import load_roots
from cms.pages.scope import current_scope
from cms.plugins.registry import registry

__all__ = [
    "FrozenDraft",
    "freeze",
    "load_draft",
    "may_edit",
    "show_draft",
    "show_drafts_with",
    "thaw",
]

type Viewer = Callable[[ContentPage, HttpRequest], HttpResponse | None]

_viewers: list[Viewer] = []


def show_drafts_with(viewer: Viewer) -> None:
    """Asks the viewer for the answer to each preview in the admin; None from it: not this one."""
    _viewers.append(viewer)


def show_draft(page: ContentPage, request: HttpRequest) -> HttpResponse | None:
    """What a registered viewer shows of the page in memory; None where there is none."""
    answers = (viewer(page, request) for viewer in _viewers)
    return next((answer for answer in answers if answer is not None), None)


@dataclass(frozen=True, slots=True)
class FrozenDraft:
    """A page as it stood in memory: in an editor's form, or as a revision.

    ``page_id`` is None for a page that was never saved, which has a ``parent_id`` instead.
    ``published_at`` is when the page had last been published.
    """

    type: str
    page_id: int | None
    parent_id: int | None
    published_at: datetime | None
    content: str
    """JSON, as revisions have it."""


def freeze(page: ContentPage) -> FrozenDraft | None:
    """The page's state; None for one that has no public path or no enabled type."""
    content_type = registry.for_model(type(page))
    if content_type is None or not content_type.enabled or _public_path(page) is None:
        return None
    saved = page.pk is not None
    stored = Page.objects.filter(pk=page.pk).values_list("last_published_at", flat=True)
    return FrozenDraft(
        type=content_type.name,
        page_id=page.pk,
        parent_id=None if saved else page.get_parent().pk,
        published_at=stored.first() if saved else None,
        content=json.dumps(page.serializable_data(), cls=DjangoJSONEncoder),
    )


def thaw(draft: FrozenDraft, user: Any, frozen_at: datetime) -> ContentPage | None:
    """The page again, for the user who froze it, at its present place in the tree.

    None once it can't be a draft any more: deleted, published since, moved out of the portal, its
    plugin disabled; and where the user may no longer edit it.
    """
    content_type = next((one for one in registry.pages() if one.name == draft.type), None)
    if content_type is None:
        return None
    content = json.loads(draft.content)
    if draft.page_id is None:
        page = _thaw_new(content_type.model, draft.parent_id, content, user, frozen_at)
    else:
        base = Page.objects.filter(pk=draft.page_id).first()
        if base is None or base.last_published_at != draft.published_at:
            return None
        page = base.with_content_json(content) if may_edit(base, user) else None
    return page if page is not None and _public_path(page) is not None else None


def _thaw_new(
    model: Any, parent_id: int | None, content: Any, user: Any, frozen_at: datetime
) -> ContentPage | None:
    """A page that was never saved; the one that its form has become since ends it."""
    parent = Page.objects.filter(pk=parent_id).first()
    if parent is None or not parent.specific.permissions_for_user(user).can_add_subpage():
        return None
    siblings = parent.get_children().filter(
        content_type=ContentType.objects.get_for_model(model), owner=user
    )
    if siblings.filter(first_published_at__gt=frozen_at).exists():
        return None
    page: ContentPage = model.from_serializable_data(content)
    page.path = parent.path + page.path[-page.steplen :]
    page.depth = parent.depth + 1
    page.set_url_path(parent)
    return page


def may_edit(page: Page, user: Any) -> bool:
    """Whether the user may see drafts of the page in the admin."""
    rights = page.permissions_for_user(user)
    return bool(user.is_active and (rights.can_edit() or rights.can_publish()))


def load_draft(page_id: int) -> ContentPage | None:
    """A page as its latest revision has it, for a reader of drafts within the scope at hand.

    None for what is out of their sight, under a view restriction, outside the portal, or of a
    disabled plugin.
    """
    in_scope = current_scope().condition("locale__language_code", "path")
    base = Page.objects.filter(in_scope, pk=page_id).first()
    if base is None or not subtree.is_public(base):
        return None
    page = base.get_latest_revision_as_object()
    content_type = registry.for_model(type(page))
    if content_type is None or not content_type.enabled or _public_path(page) is None:
        return None
    return page if isinstance(page, ContentPage) else None


def _public_path(page: Page) -> str | None:
    return load_roots().public_path(page.url_path, page.locale.language_code)
