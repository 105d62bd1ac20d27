"""What a page hands down to the pages below it: their address and their privacy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from cms.changes.feed import append
from cms.changes.models import Reason
from cms.pages.copies import Original, load_originals, sync_copies
from cms.pages.entries import change_of, own_tags, withdraw
from cms.pages.models import PublishedDocument
from cms.pages.paths import Roots, load_roots, url_path_under
from cms.pages.stale import mark_stale
from cms.plugins.registry import registry
from cms.vietnamese.collation import sort_key

__all__ = ["earliest", "is_public", "redirect", "sync_below", "sync_rows"]


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
    """What has to change about some pages' rows."""

    withdrawn: list[PublishedDocument] = field(default_factory=list)
    moved: list[tuple[str, PublishedDocument]] = field(default_factory=list)
    retimed: list[PublishedDocument] = field(default_factory=list)
    """Those that are public until another moment now."""
    opened: list[PublishedDocument] = field(default_factory=list)


def sync_below(page: Page) -> None:
    """Gives every live page below ``page`` the row, the address and the privacy it should have.

    Runs inside the transaction of the change. Rows of pages that became private go, each with
    a tombstone; pages that became public get a row that is built when it is first read; changed
    addresses are written at once, with a redirect from the old one.
    """
    below = page.get_descendants().filter(live=True)
    pages = list(below.select_related("locale", "content_type", "alias_of"))
    sync_rows(pages, {one.pk: url_path_under(page, one) for one in pages})


def sync_rows(pages: Sequence[Page], url_paths: Mapping[int, str] | None = None) -> None:
    """The same for live pages anywhere, loaded with locale, content type and ``alias_of``.

    ``url_paths`` has those that are not stored yet.
    """
    if pages:
        _write(_compare(pages, url_paths or {}))


def _compare(pages: Sequence[Page], url_paths: Mapping[int, str]) -> _Difference:
    roots = load_roots()
    private = list(PageViewRestriction.objects.values_list("page__path", flat=True))
    rows = PublishedDocument.objects.defer("body", "card").in_bulk([page.pk for page in pages])
    originals = load_originals(pages, lock=True)
    difference = _Difference()
    above: list[str] = []
    for page in pages:
        row, original = rows.get(page.pk), originals.get(page.pk, _NONE)
        path = None
        if original.is_public and not any(page.path.startswith(one) for one in private):
            path = _public_path(page, url_paths.get(page.pk, page.url_path), roots)
        if path is None:
            if row is not None:
                difference.withdrawn.append(row)
            continue
        expires_at = earliest(page.expire_at, original.expires_at)
        if row is None:
            row = _unbuilt_row(page, path)
            above.append(page.path[: -page.steplen])
            difference.opened.append(row)
        elif row.path != path:
            difference.moved.append((row.path, row))
            row.path = path
        elif row.expires_at != expires_at:
            difference.retimed.append(row)
        row.expires_at = expires_at
    _set_parents(difference.opened, above)
    return difference


_NONE = Original(is_public=True)
"""Stands for the original of a page that is no copy."""


def _set_parents(rows: Sequence[PublishedDocument], trees: Sequence[str]) -> None:
    """Gives rows the ids of their parents, which have these tree paths."""
    parents = dict(Page.objects.filter(path__in=set(trees)).values_list("path", "pk"))
    for row, tree in zip(rows, trees, strict=True):
        row.parent_id = parents[tree]


def earliest(*moments: datetime | None) -> datetime | None:
    """The first of the moments; None where there is none."""
    return min((one for one in moments if one is not None), default=None)


def _public_path(page: Page, url_path: str, roots: Roots) -> str | None:
    """Where the public finds the page; None when it may not."""
    if not _type_name(page):
        return None
    return roots.public_path(url_path, page.locale.language_code)


def _type_name(page: Page) -> str:
    """The page's public type; empty for a page that no installed plugin owns."""
    model = page.content_type.model_class()
    content_type = registry.for_model(model) if model else None
    return content_type.name if content_type else ""


def _unbuilt_row(page: Page, path: str) -> PublishedDocument:
    """A row that is visible and stale: whoever reads it first, or the worker, builds it."""
    return PublishedDocument(
        pk=page.pk,
        type=_type_name(page),
        locale=page.locale.language_code,
        path=path,
        slug=page.slug,
        title=page.title,
        title_key=sort_key(page.title),
        translation_key=page.translation_key,
        published_at=page.first_published_at,
        updated_at=page.last_published_at,
        stale=True,
    )


def _write(difference: _Difference) -> None:
    moved, opened, retimed = difference.moved, difference.opened, difference.retimed
    if difference.withdrawn:
        withdraw(difference.withdrawn, Reason.RESTRICT)
    if moved:
        for _, row in moved:
            row.stale = True
        PublishedDocument.objects.bulk_update(
            (row for _, row in moved), ["path", "expires_at", "stale"], batch_size=200
        )
        redirect(moved)
    if retimed:
        PublishedDocument.objects.bulk_update(retimed, ["expires_at"], batch_size=200)
    if opened:
        PublishedDocument.objects.bulk_create(opened, batch_size=200)
    append(
        [change_of(row, Reason.MOVE, previous_path=old) for old, row in moved]
        + [change_of(row, Reason.PUBLISH) for row in opened]
        + [change_of(row, Reason.UPDATE, provided=row.provides) for row in retimed]
    )
    changed = [*opened, *retimed, *(row for _, row in moved)]
    mark_stale({tag for row in changed for tag in own_tags(row)})
    sync_copies([row.pk for row in [*difference.withdrawn, *opened, *retimed]])
