"""What a page hands down to the pages below it: their address and their privacy."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from cms.changes.feed import append
from cms.changes.models import Reason
from cms.pages.entries import change_of, own_tags, withdraw
from cms.pages.models import PublishedDocument
from cms.pages.paths import Roots, load_roots, url_path_under
from cms.pages.stale import mark_stale
from cms.plugins.registry import registry
from cms.vietnamese.collation import sort_key

__all__ = ["is_public", "redirect", "sync_below"]


def is_public(page: Page) -> bool:
    """Whether neither the page nor a page above it is under a view restriction."""
    paths = [page.path[:end] for end in range(page.steplen, len(page.path) + 1, page.steplen)]
    return not PageViewRestriction.objects.filter(page__path__in=paths).exists()


def redirect(moved: Sequence[tuple[str, PublishedDocument]]) -> None:
    """Keeps addresses that the public knew alive: ``(old path, document)`` pairs.

    A redirect from an address where a page stands now has lost its sense and goes.
    """
    site = Site.objects.filter(is_default_site=True).first()
    old = {Redirect.normalise_path(path): row.pk for path, row in moved}
    new = [Redirect.normalise_path(row.path) for _, row in moved]
    Redirect.objects.filter(site=site, old_path__in=[*old, *new]).delete()
    Redirect.objects.bulk_create(
        Redirect(
            old_path=path,
            site=site,
            redirect_page_id=page_id,
            is_permanent=True,
            automatically_created=True,
        )
        for path, page_id in old.items()
    )


@dataclass(slots=True)
class _Difference:
    """What has to change below a page."""

    withdrawn: list[PublishedDocument] = field(default_factory=list)
    moved: list[tuple[str, PublishedDocument]] = field(default_factory=list)
    opened: list[PublishedDocument] = field(default_factory=list)


def sync_below(page: Page) -> None:
    """Gives every live page below ``page`` the row, the address and the privacy it should have.

    Runs inside the transaction of the change. Rows of pages that became private go, each with
    a tombstone; pages that became public get a row that is built when it is first read; changed
    addresses are written at once, with a redirect from the old one.
    """
    below = page.get_descendants().filter(live=True).select_related("locale", "content_type")
    pages = list(below)
    if pages:
        _write(_compare(page, pages))


def _compare(ancestor: Page, pages: Collection[Page]) -> _Difference:
    roots = load_roots()
    private = list(PageViewRestriction.objects.values_list("page__path", flat=True))
    rows = PublishedDocument.objects.defer("body", "card").in_bulk([page.pk for page in pages])
    parents = dict(Page.objects.filter(path__startswith=ancestor.path).values_list("path", "pk"))
    difference = _Difference()
    for page in pages:
        row = rows.get(page.pk)
        path = _public_path(ancestor, page, private, roots)
        if path is None:
            if row is not None:
                difference.withdrawn.append(row)
        elif row is None:
            parent_id = parents[page.path[: -page.steplen]]
            difference.opened.append(_unbuilt_row(page, path, parent_id))
        elif row.path != path:
            difference.moved.append((row.path, row))
            row.path = path
    return difference


def _public_path(ancestor: Page, page: Page, private: list[str], roots: Roots) -> str | None:
    """Where the public finds the page; None when it may not."""
    if any(page.path.startswith(path) for path in private) or not _type_name(page):
        return None
    return roots.public_path(url_path_under(ancestor, page), page.locale.language_code)


def _type_name(page: Page) -> str:
    """The page's public type; empty for a page that no installed plugin owns."""
    model = page.content_type.model_class()
    content_type = registry.for_model(model) if model else None
    return content_type.name if content_type else ""


def _unbuilt_row(page: Page, path: str, parent_id: int) -> PublishedDocument:
    """A row that is visible and stale: whoever reads it first, or the worker, builds it."""
    return PublishedDocument(
        pk=page.pk,
        type=_type_name(page),
        locale=page.locale.language_code,
        path=path,
        slug=page.slug,
        title=page.title,
        title_key=sort_key(page.title),
        parent_id=parent_id,
        translation_key=page.translation_key,
        published_at=page.first_published_at,
        updated_at=page.last_published_at,
        expires_at=page.expire_at,
        stale=True,
    )


def _write(difference: _Difference) -> None:
    moved, opened = difference.moved, difference.opened
    if difference.withdrawn:
        withdraw(difference.withdrawn, Reason.RESTRICT)
    if moved:
        for _, row in moved:
            row.stale = True
        PublishedDocument.objects.bulk_update(
            (row for _, row in moved), ["path", "stale"], batch_size=200
        )
        redirect(moved)
    if opened:
        PublishedDocument.objects.bulk_create(opened, batch_size=200)
    append(
        [change_of(row, Reason.MOVE, previous_path=old) for old, row in moved]
        + [change_of(row, Reason.PUBLISH) for row in opened]
    )
    mark_stale({tag for row in [*opened, *(row for _, row in moved)] for tag in own_tags(row)})
