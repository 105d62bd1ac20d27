"""Reads an official document from the plain text of a page."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from cms.plugins.api import (
    ImportedText,
    IntakeError,
    Json,
    LeftOut,
    TextImporter,
    citations,
    dates,
    document_text,
    find_organisation,
    posted_at,
    shorten,
)
from cms.plugins.official_document.body_text import body_blocks

__all__ = ["importers", "read_official_document"]

_MAX_NUMBER = 60
_MAX_TITLE = 255
_MAX_WORDS = 500


def read_official_document(text: str) -> ImportedText:
    """The document that a page shows; raises IntakeError where it shows none.

    Number, date and type are needed: they are what identifies a document.
    """
    read = document_text.read_document_text(text)
    if read.number is None:
        raise IntakeError("no number and symbol was found: this is no official document")
    if read.issued_on is None:
        raise IntakeError(f"no date of issue was found beside the number {read.number}")
    if read.type_code is None:
        raise IntakeError(f"the type of the document {read.number} was not found")
    issuer, records = _issuer(read)
    number = str(read.number)
    references = [_reference(citation) for citation in read.citations]
    fields: dict[str, Json] = {
        "title": shorten(read.title, _MAX_TITLE),
        "number": number,
        "document_type": read.type_code,
        "issuer": issuer,
        "issued_on": read.issued_on.isoformat(),
        "abstract": read.abstract or read.title,
        "body": list(body_blocks(read.body)),
        "references": list(references),
    }
    if read.posted_on is not None:
        fields["published_at"] = posted_at(read.posted_on)
    return ImportedText(
        fields=fields,
        slugs=(number, f"{number} {read.issued_on.isoformat()}"),
        identity=("number", "issued_on"),
        records=records,
        found=tuple(_found(read, fields)),
        left_out=tuple(LeftOut(left.reason, left.text) for left in read.left_out),
    )


def _issuer(read: document_text.DocumentText) -> tuple[Json, tuple[Mapping[str, Json], ...]]:
    """The reference to the issuing body, and its record where it has none yet."""
    code, name = read.issuer_code, read.issuer_name
    if not code and not name:
        return None, ()
    printed = name or _name_in_footer(code or "", read) or code
    return find_organisation(code=code, name=printed)


def _name_in_footer(code: str, read: document_text.DocumentText) -> str:
    """The site owner's name in the footer, where its initials begin with the issuer's code."""
    for left in read.left_out:
        for line in left.text.splitlines() if left.reason == "footer" else ():
            initials = "".join(word[0] for word in line.split())
            if code and line.isupper() and initials.startswith(code.upper()):
                return line
    return ""


def _reference(citation: citations.Citation) -> dict[str, Json]:
    number = str(citation.number)
    fits = len(number) <= _MAX_NUMBER
    issued_on: datetime.date | None = citation.issued_on
    return {
        "relation": citation.relation,
        "number": number if fits else "",
        "issued_on": issued_on.isoformat() if issued_on else None,
        "issuer": shorten(citation.issuer or "", 255),
        "subject": "" if fits else shorten(number, _MAX_WORDS),
        "evidence": shorten(citation.evidence, _MAX_WORDS),
    }


def _found(
    read: document_text.DocumentText, fields: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    yield "number", str(fields["number"])
    yield "type", str(fields["document_type"])
    if read.issued_on is not None:
        yield "issued on", dates.legal_date(read.issued_on)
    yield "issuer", str(read.issuer_code or read.issuer_name or "not found")
    yield "title", str(fields["title"])
    yield "abstract", str(fields["abstract"])
    levels = [node.level for node in read.body.walk()]
    counts = {level: levels.count(level) for level in dict.fromkeys(levels)}
    yield "body", ", ".join(f"{count} {level}" for level, count in counts.items())
    for reference in fields["references"]:
        when = f" of {reference['issued_on']}" if reference["issued_on"] else ""
        yield "reference", f"{reference['relation']} {reference['number']}{when}"


importers = {"official_document": TextImporter(read=read_official_document)}
