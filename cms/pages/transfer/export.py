"""Writes what an anonymous reader may see as lines that an import reads back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from wagtail.models import Page

from cms.pages.build import Build
from cms.pages.builder import format_time
from cms.pages.exposed import Json
from cms.pages.kinds import export_field
from cms.pages.models import ContentPage, PortalDocument, PortalImage, PublishedDocument
from cms.pages.paths import Roots, load_roots
from cms.pages.transfer.folder import MediaFolder
from cms.pages.transfer.lines import dump_line
from cms.pages.transfer.media import export_media_line
from cms.pages.transfer.records import export_record, records_above
from cms.pages.visibility import visible_documents
from cms.plugins.registry import registry

__all__ = ["Output", "count_pages", "export_lines", "export_page"]

_BATCH = 50

type Report = Callable[[str], None]


class Output(Protocol):
    """What an export is written to: a file, or standard output."""

    def write(self, data: bytes, /) -> object:
        """Takes bytes."""

    def flush(self) -> object:
        """Hands over what was held back."""


def count_pages() -> int:
    """How many pages an export has now."""
    return visible_documents().count()


def export_lines(
    out: Output,
    *,
    folder: MediaFolder | None = None,
    report: Report,
    progress: Callable[[int], object] = lambda _pages: None,
) -> int:
    """Writes shared records, then media, then pages from the root down; returns how many lines.

    Of records and media only those that the exported pages show. The pages are built first, into
    a temporary file, since they tell which ones these are: memory doesn't grow with the number
    of pages. ``report`` is told of what could not be written.
    """
    with tempfile.TemporaryFile() as pages:
        tags: set[str] = set()
        written = 0
        for record, page_tags in _page_records():
            pages.write(dump_line(record))
            tags |= page_tags
            written += 1
            progress(1)
        head = 0
        for record in (*_shared_records(tags), *_media_lines(tags, folder, report)):
            out.write(dump_line(record))
            head += 1
        pages.seek(0)
        shutil.copyfileobj(pages, out)
    return head + written


def export_page(page: ContentPage, row: PublishedDocument, build: Build) -> dict[str, Json]:
    """The line of a page that the public sees at ``row``."""
    content_type = registry.for_model(type(page))
    if content_type is None:
        raise ValueError(f"{type(page).__name__} is not a registered content type.")
    line: dict[str, Json] = {
        "type": content_type.name,
        "path": row.path,
        "locale": row.locale,
        "title": page.title,
    }
    if build.roots.url_paths.get(row.locale) == page.url_path:
        line["slug"] = page.slug  # a front page's path hasn't got it
    line["published_at"] = format_time(page.first_published_at)
    if page.expire_at is not None:
        line["expires_at"] = format_time(page.expire_at)
    line["seo"] = {"title": page.seo_title or page.title, "description": page.search_description}
    if translations := _translations(row):
        line["translations"] = translations
    for exposed in content_type.exposed_fields:
        if not exposed.computed:
            line[exposed.name] = export_field(page, exposed, build)
    return line


def _page_records() -> Iterator[tuple[dict[str, Json], set[str]]]:
    """Every visible page's line with the tags of what it shows, in the order of the tree."""
    roots = load_roots()
    for rows in _batches():
        pages = Page.objects.filter(pk__in=[row.pk for row in rows]).specific()
        by_id = {page.pk: page for page in pages}
        for row in rows:
            page = by_id.get(row.pk)
            if isinstance(page, ContentPage):  # else it was deleted just now
                yield _page_record(page, row, roots)


def _page_record(
    page: ContentPage, row: PublishedDocument, roots: Roots
) -> tuple[dict[str, Json], set[str]]:
    build = Build(roots=roots)
    return export_page(page, row, build), build.tags


def _batches() -> Iterator[list[PublishedDocument]]:
    """Rows in the order of the tree: parents first, siblings as editors ordered them.

    A look-up a batch instead of one open query: the database's snapshot is not held while a
    large portal is written.
    """
    last = ""
    while True:
        rows = visible_documents().defer("body", "card").select_related("page")
        batch = list(rows.filter(page__path__gt=last).order_by("page__path")[:_BATCH])
        if not batch:
            return
        last = batch[-1].page.path
        yield batch


def _translations(row: PublishedDocument) -> list[Json]:
    others = visible_documents().filter(translation_key=row.translation_key).exclude(pk=row.pk)
    addresses = sorted(others.values_list("locale", "path"))
    return [{"locale": locale, "path": path} for locale, path in addresses]


def _shared_records(tags: Iterable[str]) -> Iterator[dict[str, Json]]:
    """The records that pages show and those that these name, each after those that it names."""
    build = Build()
    done: set[str] = set()

    def emit(record: Any) -> Iterator[dict[str, Json]]:
        if record.tag in done:
            return
        done.add(record.tag)
        for other in sorted(records_above(record), key=lambda named: named.natural_key_value):
            yield from emit(other)
        yield export_record(record, build)

    for content_type in registry.snippets():
        model: Any = content_type.model
        shown = model._default_manager.in_bulk(_ids(str(model._meta.model_name), tags))
        # Sorted here: databases don't agree on the order of texts.
        for record in sorted(shown.values(), key=lambda named: named.natural_key_value):
            yield from emit(record)


def _media_lines(
    tags: Iterable[str], folder: MediaFolder | None, report: Report
) -> Iterator[dict[str, Json]]:
    """Images, then files, by digest; one line for each, however often it was uploaded."""
    build = Build()
    models: tuple[tuple[str, Any], ...] = (("image", PortalImage), ("file", PortalDocument))
    for kind, model in models:
        ids = _ids(kind, tags)
        found = model.objects.filter(pk__in=ids).select_related("collection")
        last = ""
        for media in found.order_by("sha256", "pk").iterator(_BATCH):
            if media.sha256 == last or not build.is_public_collection(media.collection.path):
                continue
            last = media.sha256
            try:
                yield export_media_line(kind, media, folder)
            except FileNotFoundError:
                report(f"The bytes of {kind} {media.pk} ({media.title}) are gone.")


def _ids(name: str, tags: Iterable[str]) -> list[int]:
    prefix = f"{name}:"
    found = (tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix))
    return [int(number) for number in found if number.isdecimal()]
