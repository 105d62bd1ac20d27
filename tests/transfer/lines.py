"""What the tests of content transfer work with: lines in, lines out, an empty database."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from wagtail.models import Locale, Page, Site

from cms.changes.models import Change
from cms.delivery.models import Menu
from cms.pages.models import (
    Organisation,
    Person,
    PortalDocument,
    PortalImage,
    PublishedDocument,
    Topic,
)
from cms.pages.reading import load_document
from cms.pages.transfer.export import export_lines
from cms.pages.transfer.folder import MediaFolder
from cms.pages.transfer.importer import Importer, import_file
from cms.pages.transfer.outcome import Tally

__all__ = ["HOME", "NEWS", "Result", "article", "empty_database", "export", "exported", "load",
           "page_at", "read", "row_counts"]  # fmt: skip

HOME: dict[str, Any] = {"type": "home", "path": "/", "locale": "vi", "title": "Trang chủ"}
NEWS: dict[str, Any] = {"type": "section", "path": "/tin-tuc/", "locale": "vi", "title": "Tin tức"}


@dataclass(frozen=True, slots=True)
class Result:
    """What an import did, and what it said of which lines."""

    tally: Tally
    said: list[tuple[int, str]] = field(default_factory=list)

    @property
    def reasons(self) -> str:
        """All that was said, a line each."""
        return "\n".join(f"{number}: {reason}" for number, reason in self.said)


def article(path: str, **fields: Any) -> dict[str, Any]:
    """The line of an article."""
    title = fields.pop("title", path.strip("/").rpartition("/")[2])
    return {"type": "article", "path": path, "locale": "vi", "title": title, **fields}


def load(
    lines: Iterable[Mapping[str, Any] | bytes],
    *,
    folder: MediaFolder | None = None,
    dry_run: bool = False,
    **options: Any,
) -> Result:
    """Imports lines: dictionaries, or bytes as they stand in a file."""
    raw = [line if isinstance(line, bytes) else orjson.dumps(line) for line in lines]
    said: list[tuple[int, str]] = []
    importer = Importer(folder, store=not dry_run, **options)
    tally = import_file(
        io.BytesIO(b"\n".join(raw)),
        importer,
        report=lambda number, reason: said.append((number, reason)),
        dry_run=dry_run,
    )
    return Result(tally, said)


def export(folder: MediaFolder | None = None) -> bytes:
    """The whole export."""
    out = io.BytesIO()
    said: list[str] = []
    export_lines(out, folder=folder, report=said.append)
    assert said == [], said
    return out.getvalue()


def exported(path: str) -> dict[str, Any]:
    """The exported line of one page; raises StopIteration where there is none."""
    lines = [orjson.loads(line) for line in export().splitlines()]
    return next(line for line in lines if line.get("path") == path and "locale" in line)


def empty_database() -> None:
    """Puts the database back to what the migrations leave: a welcome page and its site."""
    for page in Page.objects.filter(depth=2):
        page.delete()
    for model in (Person, Organisation, Topic):
        rows: Any = model._default_manager.all()
        if model is not Person:
            rows.update(parent=None)
        rows.delete()
    PortalImage.objects.all().delete()
    PortalDocument.objects.all().delete()
    Change.objects.all().delete()
    Menu.objects.exclude(locale__language_code="vi").delete()
    Locale.objects.exclude(language_code="vi").delete()
    root = Page.objects.get(depth=1)
    welcome = root.add_child(instance=Page(title="Welcome", slug="home"))
    Site.objects.create(hostname="localhost", is_default_site=True, root_page=welcome)


def row_counts() -> dict[str, int]:
    """How many rows every table has: an import that changes nothing leaves all as they are."""
    from django.apps import apps

    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def read(path: str) -> dict[str, Any]:
    """The document that a reader gets at a path."""
    row = load_document(path=path)
    assert row is not None
    found: dict[str, Any] = orjson.loads(row.body)
    return found


def page_at(path: str) -> Any:
    """The specific page of a published path."""
    return Page.objects.get(pk=PublishedDocument.objects.get(path=path).pk).specific
