"""The base of every content page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import transaction
from django.dispatch import Signal
from django.http import HttpRequest, HttpResponse
from wagtail.models import COMMENTS_RELATION_NAME, Page
from wagtail.search import index

from cms.pages.exposed import ExposedField
from cms.plugins.registry import registry
from cms.vietnamese.slugs import slugify

if TYPE_CHECKING:
    from cms.pages.linked_data import Links

__all__ = ["ContentPage", "page_saving", "page_type_choices"]

page_saving = Signal()
"""A content page is about to be saved: ``instance``, ``update_fields``.

Sent before Wagtail looks whether the slug has changed, and takes the pages below along: Django's
``pre_save`` comes too late for who gives the page another address.
"""

# What saving a draft writes to the page's own row: none of it is public.
_DRAFT_FIELDS: frozenset[str] = frozenset(
    {
        COMMENTS_RELATION_NAME,
        "latest_revision",
        "latest_revision_created_at",
        "draft_title",
        "has_unpublished_changes",
        "go_live_at",
        "locked",
        "locked_at",
        "locked_by",
    }
)


class ContentPage(Page):
    """A page type of a plugin: declares ``exposed_fields`` and where it may stand.

    ``parent_types`` and ``child_types`` are public type names; a name that no installed plugin
    owns is passed over, so that plugins need not know each other.
    """

    exposed_fields: ClassVar[list[ExposedField]] = []
    parent_types: ClassVar[tuple[str, ...]] = ("section",)
    child_types: ClassVar[tuple[str, ...]] = ()

    in_feeds: ClassVar[bool] = True
    """Whether feeds tell of such pages where they aren't asked for by type."""

    dated_by: ClassVar[str] = "published_at"
    """The date that readers know such a page by: the name of an exposed field or an envelope's."""

    template = "pages/page.html"
    slug: str

    # A plugin's page has its searched exposed fields beside these (cms.pages.search_fields).
    search_fields = [
        *Page.search_fields,
        index.SearchField("title", boost=10),
        index.SearchField("draft_title", boost=10),
    ]

    class Meta:
        abstract = True

    @classmethod
    def type_name(cls) -> str:
        """The type's public name: ``article``."""
        content_type = registry.for_model(cls)
        return content_type.name if content_type else ""

    def change_tags(self) -> Iterable[str]:
        """Tags beside the page's own that its publication touches.

        A document number is one: whoever cites it has noted the same tag while it was open.
        """
        return ()

    @classmethod
    def linked_data(cls, document: Mapping[str, Any], links: Links) -> dict[str, Any]:
        """The page in the words of schema.org, from its whole document: ``@type`` and what the
        type's own fields mean. Empty values are left out; name, address, language and times are
        there already. JSON-LD and feeds are made of it.
        """
        return {}

    @classmethod
    def is_current(cls, document: Mapping[str, Any]) -> bool:
        """Whether what the page says still holds; search puts the others a little lower."""
        return True

    def allows_child(self, model: type[Page]) -> bool:
        """Whether this very page takes children of that type, beyond what its type allows."""
        return True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Gives a new page a readable Vietnamese slug before Wagtail makes one of its own."""
        if not self.slug:
            self.slug = self.free_slug(slugify(self.title, max_length=200))
        super().full_clean(*args, **kwargs)

    def minimal_clean(self) -> None:
        """The same for a draft, which is not validated in full."""
        if not self.slug and self.title:
            self.slug = self.free_slug(slugify(self.title, max_length=200))
        super().minimal_clean()

    def free_slug(self, slug: str) -> str:
        """The slug, with a number behind it where a sibling has it; empty stays empty."""
        if not slug or not self.path:
            return slug
        parent = self.get_parent()
        taken = (
            set(
                parent.get_children()
                .exclude(pk=self.pk)
                .filter(slug__startswith=slug)
                .values_list("slug", flat=True)
            )
            if parent
            else set()
        )
        candidate, number = slug, 1
        while candidate in taken:
            number += 1
            candidate = f"{slug}-{number}"
        return candidate

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves the page and, in the same transaction, brings its published document in step.

        Here, because by now the child rows are written and every path comes through: the admin,
        code, imports, scheduled publishing, translation.
        """
        from cms.pages.publishing import sync_page

        fields: Collection[str] | None = kwargs.get("update_fields")
        with transaction.atomic():
            page_saving.send(type(self), instance=self, update_fields=fields)
            super().save(*args, **kwargs)
            if fields is None or not _DRAFT_FIELDS.issuperset(fields):
                sync_page(self.pk)

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Publishes or schedules a revision: all of it, or nothing (F4)."""
        with transaction.atomic():
            super().publish(*args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        """Unpublishes the page in one transaction."""
        with transaction.atomic():
            super().unpublish(*args, **kwargs)

    def get_template(self, request: Any, *args: Any, **kwargs: Any) -> list[str]:
        """The built-in page's template: the plugin's own (``<label>/<model>.html``) first."""
        return [self.template, "pages/page.html"]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft on the frontend, where there is one, else on the built-in page."""
        from cms.pages.drafts import show_draft

        answer = show_draft(self, request)
        return answer if answer is not None else super().serve_preview(request, mode_name)

    def get_url_parts(self, request: Any = None) -> Any:
        """Wagtail's ``(site id, root address, path)``; the root is the frontend's, where it is set.

        So "view live" in the admin shows what readers see.
        """
        parts = super().get_url_parts(request)
        if parts is None or parts[2] is None or settings.CMS_FRONTEND_URL is None:
            return parts
        return parts[0], settings.CMS_FRONTEND_URL, parts[2]

    def get_url(self, request: Any = None, current_site: Any = None) -> str | None:
        """The page's address for the admin's links: whole where a frontend is set."""
        if settings.CMS_FRONTEND_URL is not None:
            return self.get_full_url(request)  # type: ignore[no-any-return]
        return super().get_url(request, current_site)  # type: ignore[no-any-return]

    url = property(get_url)

    @classmethod
    def clean_subpage_models(cls) -> list[type[Page]]:
        return _page_models(cls.child_types)

    @classmethod
    def clean_parent_page_models(cls) -> list[type[Page]]:
        models = _page_models(cls.parent_types)
        return [Page, *models] if "root" in cls.parent_types else models

    @classmethod
    def allowed_subpage_models(cls) -> list[type[Page]]:
        """A type may stand below another where either of the two says so."""
        return [model for model in _page_models() if _allows(cls, model)]

    @classmethod
    def allowed_parent_page_models(cls) -> list[type[Page]]:
        """The same from the other side: moving pages in bulk asks for it."""
        parents = [model for model in _page_models() if _allows(model, cls)]
        return [Page, *parents] if "root" in cls.parent_types else parents

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Wagtail's rules, the section's own, and no new page of a disabled plugin."""
        content_type = registry.for_model(cls)
        if content_type is None or not content_type.enabled:
            return False
        return bool(super().can_create_at(parent)) and _allowed_by(parent, cls)

    def can_move_to(self, parent: Page) -> bool:
        return bool(super().can_move_to(parent)) and _allowed_by(parent, type(self))


def _allowed_by(parent: Page, model: type[Page]) -> bool:
    specific = parent.specific
    return not isinstance(specific, ContentPage) or specific.allows_child(model)


def _allows(parent: Any, child: Any) -> bool:
    return child in parent.clean_subpage_models() or parent in child.clean_parent_page_models()


def _page_models(names: Collection[str] | None = None) -> list[type[Page]]:
    """The models of the page types with these names; of every page type for None."""
    return [
        content_type.model
        for content_type in registry.pages(include_disabled=True)
        if names is None or content_type.name in names
    ]


def page_type_choices() -> list[tuple[str, str]]:
    """Public name and label of every enabled page type, for a form."""
    return [
        (content_type.name, str(content_type.model._meta.verbose_name))
        for content_type in registry.pages()
    ]
