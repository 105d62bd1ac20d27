"""Reads an article from the plain text of a page."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping

from cms.plugins.api import (
    ImportedText,
    IntakeError,
    Json,
    LeftOut,
    TextImporter,
    document_text,
    find_organisation,
    find_person,
    posted_at,
    shorten,
)

__all__ = ["importers", "read_article"]

_MAX_TITLE = 255


def read_article(text: str) -> ImportedText:
    """The article that a page shows; raises IntakeError for a text without title or words.

    All of its paragraphs go into the body: which of them is the lead is for an editor to say.
    """
    read = document_text.read_article_text(text)
    if not read.title or not read.paragraphs:
        raise IntakeError("no title with text below it was found: this is no article")
    byline, records = _byline(read)
    fields: dict[str, Json] = {
        "title": shorten(read.title, _MAX_TITLE),
        **byline,
        "body": [
            {"type": "paragraph", "value": f"<p>{html.escape(paragraph, quote=False)}</p>"}
            for paragraph in read.paragraphs
        ],
    }
    if read.posted_on is not None:
        fields["published_at"] = posted_at(read.posted_on)
    return ImportedText(
        fields=fields,
        slugs=(str(fields["title"]),),
        records=records,
        found=tuple(_found(read)),
        left_out=tuple(LeftOut(left.reason, left.text) for left in read.left_out),
    )


def _byline(
    read: document_text.ArticleText,
) -> tuple[dict[str, Json], tuple[Mapping[str, Json], ...]]:
    """The fields that say who wrote it; an account of the site is nobody."""
    if read.byline is None or read.byline.kind == "account":
        return {}, ()
    name = read.byline.text.partition(":")[2].strip() or read.byline.text
    if read.byline.kind == "source":
        return {"source_name": shorten(name, 255)}, ()
    if read.byline.kind == "person":
        person, records = find_person(name)
        return {"byline_person": person}, records
    is_code = name.isupper() and " " not in name
    unit, records = find_organisation(code=name if is_code else None, name=name)
    return {"byline_unit": unit}, records


def _found(read: document_text.ArticleText) -> Iterator[tuple[str, str]]:
    yield "title", read.title
    if read.section is not None:
        yield "section of the old site", read.section
    yield "paragraphs", str(len(read.paragraphs))
    if read.byline is not None:
        yield f"author ({read.byline.kind})", read.byline.text
    if read.posted_on is not None:
        yield "posted on", read.posted_on.isoformat()
    for citation in read.citations:
        yield "document named", str(citation.number)


importers = {"article": TextImporter(read=read_article)}
