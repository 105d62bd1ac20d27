"""Makes a page of what an importer read from a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from wagtail.models import Page

from cms.pages.build import Build
from cms.pages.exposed import Json
from cms.pages.kinds import IntakeError, export_field
from cms.pages.text_import import ImportedText, TextImporter
from cms.pages.transfer.addresses import Address
from cms.pages.transfer.importer import Importer
from cms.pages.transfer.outcome import Outcome
from cms.plugins.config import collect
from cms.plugins.registry import registry
from cms.vietnamese.slugs import slugify

__all__ = ["ImportedPage", "import_text", "text_importers"]

_MAX_SLUG = 200


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """Where the page stands, what was done, and which shared records were made for it."""

    address: Address
    outcome: Outcome
    records: tuple[str, ...]


def text_importers() -> dict[str, TextImporter]:
    """The importers of all enabled plugins, by the public name of the type."""
    found: dict[str, TextImporter] = {}
    for contribution in collect("importers"):
        found |= contribution.value
    return found


@transaction.atomic
def import_text(
    type_name: str, read: ImportedText, under: Address, *, publish: bool = False
) -> ImportedPage:
    """Makes the page below ``under``, or brings the one of this very text up to date.

    All or nothing; raises IntakeError saying what stands in the way.
    """
    importer = Importer(publish=publish)
    made = tuple(name for record in read.records if (name := _make(importer, dict(record))))
    address = _address(importer, type_name, read, under)
    line: dict[str, Json] = {
        "type": type_name, "path": address.path, "locale": address.locale, **read.fields,
    }  # fmt: skip
    outcome = importer.apply(line, final=True)
    return ImportedPage(address, outcome, made)


def _make(importer: Importer, record: dict[str, Json]) -> str:
    """Makes a shared record where it is missing; its name, or nothing where it was there."""
    model: Any = registry.get(str(record["type"])).model
    key: str = model.natural_key_field
    if model._default_manager.filter(**{key: record[key]}).exists():
        return ""
    importer.apply(record, final=True)
    return f"{record['type']} {record[key]}"


def _address(importer: Importer, type_name: str, read: ImportedText, under: Address) -> Address:
    """The first of the text's addresses that is free, or at which its own page stands."""
    for text in read.slugs:
        slug = slugify(text, _MAX_SLUG)
        address = Address(under.locale, f"{under.path}{slug}/")
        page = importer.intake.finder.find(address)
        if slug and (page is None or _is_same(page, type_name, read)):
            return address
    raise IntakeError(f"other pages stand at all the addresses below {under} that it could have")


def _is_same(page: Page, type_name: str, read: ImportedText) -> bool:
    specific = page.specific
    content_type = registry.for_model(type(specific))
    if content_type is None or content_type.name != type_name:
        return False
    state: Any = specific if page.live else specific.get_latest_revision_as_object()
    for name in read.identity:
        if name == "title":
            present: Json = state.title
        else:
            present = export_field(state, content_type.field(name), Build())
        if present != read.fields.get(name):
            return False
    return True
