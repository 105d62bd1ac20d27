"""A page's content, arranged for a generic HTML page: what the API gives, with labels.

The built-in page is a reader like any other. A public page is shown from its published document;
a draft is read through the same kinds (`cms.pages.kinds`), so that a preview shows what readers
will get: links to pages that are not public, and images of private collections, are missing.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from wagtail.documents.models import AbstractDocument
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from cms.pages.build import Build
from cms.pages.exposed import ExposedField, Json
from cms.pages.kinds.fields import model_field, read_exposed
from cms.pages.models import ContentPage
from cms.pages.reading import load_document
from cms.pages.visibility import visible_documents
from cms.vietnamese.legal_notices import unofficial_notice

__all__ = ["Document", "Fact", "Link", "Section", "read_document"]

_LEADS = ("lead", "abstract", "summary")
"""Names of fields that open a page, where it has one."""


@dataclass(frozen=True, slots=True)
class Link:
    """A piece of text; ``url`` is empty where it leads nowhere."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A labelled short value: one or several pieces of text."""

    label: str
    values: list[Link]


@dataclass(frozen=True, slots=True)
class Section:
    """A labelled part of the page. ``kind`` says what ``value`` is.

    ``text``: text with line breaks; ``html``: clean HTML; ``stream``: delivered blocks; ``image``:
    a delivered image; ``rows``: a list of child rows, each a list of facts and sections.
    """

    label: str
    kind: str
    value: Any


@dataclass(frozen=True, slots=True)
class Document:
    """All that the template shows of one page; ``locale`` is a language code."""

    type_label: str
    title: str
    locale: str
    lead: str
    published_at: datetime.datetime | None
    parent: Link | None
    translations: list[Link]
    facts: list[Fact]
    sections: list[Section]
    children: list[Link]
    notice: str | None
    """What a translated legal text says of itself."""

    @property
    def home(self) -> str:
        """The public path of the locale's front page."""
        return "/" if self.locale == settings.LANGUAGE_CODE else f"/{self.locale}/"


def read_document(page: ContentPage, *, stored: bool) -> Document:
    """Arranges a page.

    ``stored`` takes the published document where the public may see the page (else, and for a
    page under a restriction whose reader was let in, the page as it is in memory).
    """
    data = _stored(page) if stored else None
    build = Build(locale=page.locale.language_code)
    exposed = [entry for entry in page.exposed_fields if not entry.computed]
    if data is None:
        data = {entry.name: read_exposed(page, entry, build) for entry in exposed}
    lead = next((name for name in _LEADS if name in data), "")
    facts, sections = _arrange(type(page), [e for e in exposed if e.name != lead], data)
    parent = page.get_parent()
    card = build.card(parent.pk) if parent and not parent.is_root() else None
    return Document(
        type_label=capfirst(str(page._meta.verbose_name)),
        title=page.title,
        locale=page.locale.language_code,
        lead=str(data.get(lead) or ""),
        published_at=page.first_published_at,
        parent=_page_link(card) if card else None,
        translations=_translations(page),
        facts=facts,
        sections=sections,
        children=_children(page),
        notice=_notice(page),
    )


def _notice(page: ContentPage) -> str | None:
    if all(entry.name != "unofficial_notice" for entry in page.exposed_fields):
        return None
    return unofficial_notice(page.locale.language_code)


def _stored(page: ContentPage) -> dict[str, Any] | None:
    row = load_document(pk=page.pk)
    return orjson.loads(row.body) if row is not None else None


def _translations(page: Page) -> list[Link]:
    rows = visible_documents().filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return [Link(row.title, row.path) for row in rows.only("title", "path").order_by("locale")]


def _children(page: Page) -> list[Link]:
    """The public pages below, newest first; none of a page that was never saved."""
    if page.pk is None:
        return []
    rows = visible_documents().filter(parent_id=page.pk).order_by("-published_at", "pk")
    return [Link(row.title, row.path) for row in rows.only("title", "path")[:100]]


def _arrange(
    model: type[models.Model], exposed: list[ExposedField], data: dict[str, Any]
) -> tuple[list[Fact], list[Section]]:
    """Short values as facts, long ones as sections; what is empty is left out."""
    facts: list[Fact] = []
    sections: list[Section] = []
    for entry in exposed:
        field, value = model_field(model, entry.name), data.get(entry.name)
        if value is None or value in ("", []):
            continue
        if kind := _section_kind(field):
            sections.append(Section(_label(field), kind, _section_value(field, value)))
        else:
            facts.append(Fact(_label(field), _links(field, value)))
    return facts, sections


def _label(field: Any) -> str:
    if isinstance(field, models.ManyToOneRel):
        return capfirst(str(field.related_model._meta.verbose_name_plural))
    return capfirst(str(field.verbose_name))


def _section_kind(field: Any) -> str:
    """The kind of section that a field makes; empty for a field that is a fact."""
    if isinstance(field, models.ManyToOneRel):
        return "rows"
    if isinstance(field, models.ForeignKey) and issubclass(field.related_model, AbstractImage):
        return "image"
    kinds = ((StreamField, "stream"), (RichTextField, "html"), (models.TextField, "text"))
    return next((kind for cls, kind in kinds if isinstance(field, cls)), "")


def _section_value(field: Any, value: Any) -> Any:
    if not isinstance(field, models.ManyToOneRel):
        return value
    model: Any = field.related_model
    arranged = (_arrange(model, model.exposed_fields, row) for row in value)
    return [{"facts": facts, "sections": sections} for facts, sections in arranged]


def _links(field: Any, value: Json) -> list[Link]:
    """The pieces of text that a short value is shown as."""
    if isinstance(value, list):
        return [link for item in value for link in _links(field, item)]
    if isinstance(value, dict):
        return [_reference_link(field, value)]
    if isinstance(value, bool):
        return [Link(gettext("Yes") if value else gettext("No"))]
    if isinstance(field, models.URLField):
        return [Link(str(value), str(value))]
    return [Link(_text(field, value))]


def _text(field: Any, value: Json) -> str:
    if choices := dict(getattr(field, "flatchoices", ())):
        return str(choices.get(value, value))
    if isinstance(field, models.DateTimeField):
        moment = datetime.datetime.fromisoformat(str(value))
        return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
    if isinstance(field, models.DateField):
        return date_format(datetime.date.fromisoformat(str(value)), "SHORT_DATE_FORMAT")
    return str(value)


def _reference_link(field: Any, value: dict[str, Json]) -> Link:
    target = getattr(field, "related_model", None)
    if isinstance(target, type) and issubclass(target, AbstractDocument):
        size = f" ({filesizeformat(str(value['size']))})" if value["size"] else ""
        return Link(f"{value['title']}{size}", str(value["url"]))
    if "path" in value and isinstance(value["path"], str):
        return _page_link(value)
    return Link(str(value.get("name") or value.get("full_name") or value.get("title") or ""))


def _page_link(card: dict[str, Json]) -> Link:
    return Link(str(card["title"]), str(card["path"]))
