"""References between documents: resolved by number while a document is built.

A reference that leads nowhere yet is open, and its document notes the tag of the number it waits
for. The document that bears the number touches that tag when it is published, so both sides find
each other without anyone's help.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from wagtail.models import Page

from cms.plugins.api import Build, Json, JsonSchema, document_numbers, typed_documents

if TYPE_CHECKING:
    from cms.plugins.official_document.children import DocumentReference
    from cms.plugins.official_document.models import OfficialDocumentPage

__all__ = [
    "CITED_BY_SCHEMA",
    "REFERENCES_SCHEMA",
    "cited_tag",
    "number_key",
    "number_tag",
    "read_cited_by",
    "read_references",
    "reference_tags",
]

_CARD: JsonSchema = {"$ref": "#/components/schemas/Card"}
REFERENCES_SCHEMA: JsonSchema = {
    "type": "array",
    "description": "The references in order, each with its document where it is published here.",
    "items": {
        "type": "object",
        "properties": {
            "relation": {"type": "string"},
            "number": {"type": "string"},
            "status": {"type": "string", "enum": ["resolved", "open"]},
            "document": {"anyOf": [_CARD, {"type": "null"}]},
        },
        "required": ["relation", "number", "status", "document"],
    },
}
CITED_BY_SCHEMA: JsonSchema = {
    "type": "array",
    "description": "Published documents that refer to this one.",
    "items": {
        "type": "object",
        "properties": {"relation": {"type": "string"}, "document": _CARD},
        "required": ["relation", "document"],
    },
}


def number_tag(number: str) -> str:
    """The tag that a document bears by its number: ``document_number:60KHLMHTX``."""
    return f"document_number:{number_key(number)}"


def cited_tag(number: str) -> str:
    """The tag that a document touches for each number that it names: ``cited:60KHLMHTX``."""
    return f"cited:{number_key(number)}"


def _chosen_tag(key: UUID) -> str:
    """The tag that a document touches for each that it has chosen, in whichever language."""
    return f"cited_page:{key}"


def reference_tags(page: OfficialDocumentPage) -> list[str]:
    """What a document's publication touches for those that it names."""
    references = page.references.all()
    tags = {cited_tag(ref.number) for ref in references if ref.number}
    if targets := {ref.target_id for ref in references if ref.target_id}:
        keys = Page.objects.filter(pk__in=targets).values_list("translation_key", flat=True)
        tags |= {_chosen_tag(key) for key in keys}
    return sorted(tags)


def read_references(page: OfficialDocumentPage, build: Build) -> Json:
    """Each reference with the card of its document, or open."""
    return [_read_reference(page, reference, build) for reference in page.references.all()]


def read_cited_by(page: OfficialDocumentPage, build: Build) -> Json:
    """The published documents that name this one, by choice or by number, in order of date.

    Those of its own language. Whoever has chosen a translation of it has chosen it as well, as a
    link to that leads here.
    """
    build.note(cited_tag(page.number), _chosen_tag(page.translation_key))
    rows = (
        typed_documents(type(page), now=build.now)
        .filter(locale=page.locale_id)
        .exclude(pk=page.pk)
        .filter(pk__in=_citing(page))
        .order_by("issued_on", "pk")
        .prefetch_related("references__target")
    )
    cited: list[Json] = []
    for citing in rows:
        card = build.card(citing.pk)
        relation = next(
            (ref.relation for ref in citing.references.all() if _leads_to(ref, page)), "cites"
        )
        if card is not None:
            cited.append({"relation": relation, "document": card})
    return cited


def _read_reference(page: OfficialDocumentPage, ref: DocumentReference, build: Build) -> Json:
    card = build.card(ref.target_id)
    if card is None and ref.number:
        build.note(number_tag(ref.number))
        card = build.card(_find(page, ref, build))
    return {
        "relation": ref.relation,
        "number": ref.number,
        "status": "resolved" if card else "open",
        "document": card,
    }


def _find(page: OfficialDocumentPage, ref: DocumentReference, build: Build) -> int | None:
    """The visible document with that number (and date, where the reference has one).

    In the page's own language, else in the portal's.
    """
    locale = page.locale.language_code
    found = typed_documents(type(page), now=build.now).filter(
        number_key=number_key(ref.number),
        locale__language_code__in={locale, settings.LANGUAGE_CODE},
    )
    if ref.issued_on:
        found = found.filter(issued_on=ref.issued_on)
    by_locale: defaultdict[str, list[int]] = defaultdict(list)
    others = found.exclude(translation_key=page.translation_key).order_by("pk")
    for pk, code in others.values_list("pk", "locale__language_code"):
        by_locale[code].append(pk)
    ids = by_locale[locale] or by_locale[settings.LANGUAGE_CODE]
    # Numbers begin again each year: without a date two candidates leave the reference open.
    return ids[0] if len(ids) == 1 else None


def _citing(page: OfficialDocumentPage) -> QuerySet[Any]:
    """The ids of the documents that name this one.

    Two look-ups by index: one condition with "or" has databases go through all documents.
    """
    references = page.references.model.objects
    by_number = references.filter(
        Q(issued_on=None) | Q(issued_on=page.issued_on), number_key=number_key(page.number)
    )
    by_choice = references.filter(target__translation_key=page.translation_key)
    found: QuerySet[Any] = by_number.values("page_id").union(by_choice.values("page_id"))
    return found


def _leads_to(ref: DocumentReference, page: OfficialDocumentPage) -> bool:
    chosen = ref.target is not None and ref.target.translation_key == page.translation_key
    return chosen or bool(ref.number and number_key(ref.number) == number_key(page.number))


def number_key(number: str) -> str:
    """The loose key of a number; of what isn't one, the text itself in capitals."""
    parsed = document_numbers.parse_document_number(number)
    return parsed.loose_key[:60] if parsed else number.strip().upper()[:60]
