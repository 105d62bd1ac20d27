"""The contract of ``importers.py``: how a plugin reads a page's plain text.

    importers = {"official_document": TextImporter(read=read_official_document)}

``import_text`` gives the text of a real page to the importer of a type and makes a page of what it
returns; the importer itself writes nothing.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from cms.pages.builder import format_time
from cms.pages.exposed import Json
from cms.pages.models import Organisation, Person
from cms.vietnamese.slugs import slugify
from cms.vietnamese.text import fold

__all__ = ["ImportedText", "LeftOut", "TextImporter", "find_organisation", "find_person",
           "posted_at", "shorten"]  # fmt: skip

type Found = tuple[Json, tuple[Mapping[str, Json], ...]]
"""A reference for ``fields``, and the record to make for it where there is none."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Lines of the text that became nothing, as printed, and why: ``navigation``, ``footer``."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportedText:
    """What an importer made of a text."""

    fields: Mapping[str, Json]
    """``title``, ``published_at`` and exposed fields, in the form that ``import_content`` takes."""
    slugs: tuple[str, ...]
    """Texts to make the slug of, the best first: the next serves where another page has it."""
    identity: tuple[str, ...] = ("title",)
    """The fields by which a page is known to be this text's, so that it can be read again."""
    records: tuple[Mapping[str, Json], ...] = ()
    """Shared records that ``fields`` name, as lines; made where they are missing, never changed."""
    found: tuple[tuple[str, str], ...] = ()
    """What was recognised, for a person to check: a label and a value each."""
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class TextImporter:
    """Reads the text of one type's pages.

    ``read`` raises :class:`cms.pages.kinds.IntakeError` for a text that is no page of the type,
    saying what is missing.
    """

    read: Callable[[str], ImportedText]


def find_organisation(*, code: str | None = None, name: str | None = None) -> Found:
    """The organisation with that code, else with that name, present, short or former.

    Capitals and marks don't matter: a printed name may be in capitals. One that is unknown is to
    be made, with the code in lower case, or one made of the name.
    """
    wanted = fold(code or "")
    for known in Organisation.objects.values_list("code", flat=True):
        if wanted and fold(known) == wanted:
            return {"type": "organisation", "code": known}, ()
    wanted = fold(name or "")
    named = Organisation.objects.values_list("code", "name", "short_name", "names__name")
    for known, *names in named:
        if wanted and wanted in {fold(one or "") for one in names}:
            return {"type": "organisation", "code": known}, ()
    key = slugify(code or name or "", 40)
    record = {"type": "organisation", "code": key, "name": name or code, "short_name": code or ""}
    return {"type": "organisation", "code": key}, (record,)


def find_person(full_name: str) -> Found:
    """The person of that name; one that is unknown is to be made."""
    wanted = fold(full_name)
    for slug, known in Person.objects.values_list("slug", "full_name"):
        if fold(known) == wanted:
            return {"type": "person", "slug": slug}, ()
    slug = slugify(full_name, 120)
    record: Mapping[str, Json] = {"type": "person", "slug": slug, "full_name": full_name}
    return {"type": "person", "slug": slug}, (record,)


def posted_at(day: datetime.date) -> Json:
    """The moment of a page that says only on which day it was posted: local noon.

    So the day is the same for a reader who takes the moment in UTC.
    """
    noon = datetime.datetime.combine(day, datetime.time(12))
    return format_time(timezone.make_aware(noon))


def shorten(text: str, length: int) -> str:
    """The text, cut between words where it is longer than a column takes."""
    if len(text) <= length:
        return text
    return text[: length - 1].rpartition(" ")[0].rstrip(" ,;:") + "…"
