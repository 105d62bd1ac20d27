"""Writes pages from lines: finds or makes the page, publishes through the ordinary path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Page

from cms.pages.exposed import BASE_FIELDS, Json
from cms.pages.kinds import IntakeError
from cms.pages.models import ContentPage
from cms.pages.transfer.addresses import Address, locale_named, read_address
from cms.pages.transfer.envelope import ENVELOPE, link_translations, write_envelope
from cms.pages.transfer.fields import Written, check_children, describe_error, write_changes
from cms.pages.transfer.intake import PortalIntake
from cms.pages.transfer.outcome import Outcome
from cms.pages.transfer.roots import add_root
from cms.plugins.registry import ContentType, registry
from cms.vietnamese.slugs import slugify

__all__ = ["PageWriter", "is_unfinished"]

_MAX_SLUG = 200


@dataclass(frozen=True, slots=True)
class _Work:
    """One line and what it is about."""

    content_type: ContentType
    address: Address
    line: Mapping[str, Json]

    @property
    def model(self) -> Any:
        return self.content_type.model


def is_unfinished(page: Page) -> bool:
    """Whether an import made the page and was stopped before it could publish it.

    Such a page has no revision yet, which an editor's draft always has.
    """
    return not page.live and page.latest_revision_id is None


class PageWriter:
    """Makes pages and brings them up to date, by locale and path.

    ``publish`` None publishes new pages and those that are public, and leaves a draft where an
    editor has taken a page back or not published it yet; True publishes those too; False leaves
    a draft in every case. What is private stays so, whatever is published.
    """

    def __init__(self, intake: PortalIntake, *, publish: bool | None = None) -> None:
        self._intake = intake
        self._publish = publish

    def apply(self, line: Mapping[str, Json]) -> Outcome:
        """Writes what differs. Raises IntakeError; the caller has a transaction open."""
        content_type = registry.page_type(str(line["type"]))
        address = read_address(line.get("path"), line.get("locale"))
        work = _Work(content_type, address, line)
        _check_keys(work)
        found = self._intake.finder.find(address)
        if found is None:
            return self._create(work)
        page = found.specific
        if type(page) is not work.model:
            name = getattr(page, "type_name", str)() or type(page).__name__
            raise IntakeError(f"a page of the type {name} stands at {address}", "type")
        if page.alias_of_id is not None:
            raise IntakeError("the page is an alias: change the page that it shows")
        if is_unfinished(page):
            return self._finish(work, page)
        return self._update(work, page)

    def discard(self, line: Mapping[str, Json]) -> None:
        """Removes what :attr:`Outcome.BEGUN` left of a line that came to nothing."""
        page = self._intake.finder.find(read_address(line.get("path"), line.get("locale")))
        if page is not None and is_unfinished(page) and page.is_leaf():
            page.delete()

    def _create(self, work: _Work) -> Outcome:
        parent = None if work.address.is_root else self._parent(work)
        if not self._intake.final and self._has_to_wait(work, parent):
            return Outcome.DEFERRED
        page = self._new(work)
        written = write_changes(page, work.content_type.exposed_fields, work.line, self._intake)
        if written.unresolved:
            return self._begin(work, parent, written.unresolved)
        self._insert(work, page, parent)
        _clean(page)  # now that it has its place
        self._finish_publishing(page, written)
        return Outcome.CREATED

    def _begin(self, work: _Work, parent: Page | None, unresolved: set[str]) -> Outcome:
        """Makes an unpublished page without what can't be resolved yet, where it can be."""
        page = self._new(work)
        rest = [e for e in work.content_type.exposed_fields if e.name not in unresolved]
        write_changes(page, rest, work.line, self._intake)
        try:
            with transaction.atomic():
                self._insert(work, page, parent)
        except IntakeError:
            self._intake.finder.forget_roots()
            return Outcome.DEFERRED
        return Outcome.BEGUN

    def _finish(self, work: _Work, page: Any) -> Outcome:
        fields = work.content_type.exposed_fields
        written = write_changes(page, fields, work.line, self._intake)
        if written.unresolved:
            return Outcome.DEFERRED
        write_envelope(page, work.address, work.line)
        link_translations(page, work.line, self._intake.finder)
        _clean(page)
        self._finish_publishing(page, written)
        return Outcome.CREATED

    def _update(self, work: _Work, page: Any) -> Outcome:
        was_live = page.live
        if not was_live or self._publish is False:
            page = page.get_latest_revision_as_object()
        fields = work.content_type.exposed_fields
        written = write_changes(page, fields, work.line, self._intake)
        if written.unresolved:
            return Outcome.DEFERRED
        changed = write_envelope(page, work.address, work.line)
        linked = link_translations(page, work.line, self._intake.finder)
        publish = was_live if self._publish is None else self._publish
        if not (written.changed or changed or linked) and (was_live or not publish):
            return Outcome.UNCHANGED
        _clean(page)
        if publish:
            _check_schedule(page)
            page.go_live_at = None
            self._save(page, written)
            return Outcome.UPDATED
        page.save_revision(clean=False, changed=True)
        return Outcome.DRAFTED

    def _new(self, work: _Work) -> Any:
        title = work.line.get("title")
        if title is None:
            raise IntakeError("a page needs a title", "title")
        slug = work.address.slug or work.line.get("slug") or slugify(str(title), _MAX_SLUG)
        page = work.model(slug=slug, locale=locale_named(work.address.locale), live=False)
        write_envelope(page, work.address, work.line)
        return page

    def _parent(self, work: _Work) -> Page | None:
        """The page above; None where it may yet come."""
        found = self._intake.finder.find(work.address.parent)
        if found is None and not self._intake.final:
            return None
        if found is None:
            raise IntakeError(f"there is no page at {work.address.parent} to stand below", "path")
        if not work.model.can_create_at(found):
            raise IntakeError(_why_not_there(found, work), "type")
        return found

    def _has_to_wait(self, work: _Work, parent: Page | None) -> bool:
        """Whether what the page stands below, or is the translation of, may yet come."""
        if not work.address.is_root:
            return parent is None
        default = Address(settings.LANGUAGE_CODE, "/")
        return work.address != default and self._intake.finder.find(default) is None

    def _insert(self, work: _Work, page: Any, parent: Page | None) -> None:
        link_translations(page, work.line, self._intake.finder)
        check_children(page)
        try:
            if parent is None:
                add_root(page, work.address, self._intake.finder)
            else:
                parent.add_child(instance=page)
        except ValidationError as error:
            raise IntakeError(describe_error(error)) from error

    def _finish_publishing(self, page: Any, written: Written) -> None:
        if self._publish is False:
            page.save_revision(clean=False)
        else:
            self._save(page, written)

    def _save(self, page: Any, written: Written) -> None:
        page.save_revision(clean=False, changed=True).publish()
        if written.relations:
            written.save_relations(page)


def _check_keys(work: _Work) -> None:
    names = [entry.name for entry in work.content_type.exposed_fields]
    if unknown := sorted(set(work.line) - {*BASE_FIELDS, *ENVELOPE, *names}):
        computed = {e.name for e in work.content_type.exposed_fields if e.computed}
        allowed = [*ENVELOPE, *(name for name in names if name not in computed)]
        raise IntakeError(f"unknown field {unknown[0]!r}; allowed: {', '.join(allowed)}")


def _clean(page: Any) -> None:
    try:
        page.full_clean()
    except ValidationError as error:
        raise IntakeError(describe_error(error)) from error
    check_children(page)


def _check_schedule(page: Any) -> None:
    """Refuses to publish over a revision that waits for its time, which would be lost."""
    if page.revisions.filter(approved_go_live_at__isnull=False).exists():
        raise IntakeError(
            "the publication of another version is scheduled, and this would cancel it"
        )


def _why_not_there(parent: Page, work: _Work) -> str:
    specific = parent.specific
    name = work.content_type.name
    if not isinstance(specific, ContentPage):
        return f"the type {name} may not stand below {parent.title}"
    allowed = [
        content_type.name
        for content_type in registry.pages()
        if content_type.model.can_create_at(parent)  # type: ignore[attr-defined]  # page types
    ]
    return (
        f"the type {name} may not stand below {work.address.parent}; allowed: {', '.join(allowed)}"
    )
