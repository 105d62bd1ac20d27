"""Whole pages of a portal as plain text: an issued document, or an article.

Both readers leave out the site's own furniture and report it, change no word of the content, and
never raise: what they do not find is None or empty.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from cms.vietnamese.citations import Citation, find_citations
from cms.vietnamese.document_heads import DocumentHead, read_document_head
from cms.vietnamese.document_numbers import DocumentNumber
from cms.vietnamese.page_chrome import find_byline, find_end, name_after, name_before, page_lines
from cms.vietnamese.page_lines import Byline, LeftOut, posted_date, undoubled
from cms.vietnamese.page_titles import find_article_title
from cms.vietnamese.provisions import ParsedDocument, parse_provisions

__all__ = ["ArticleText", "DocumentText", "read_article_text", "read_document_text"]


@dataclass(frozen=True, slots=True)
class DocumentText:
    """What `read_document_text` found."""

    number: DocumentNumber | None
    issued_on: dt.date | None
    type_code: str | None
    """A code of `document_types`: "KH", also "CV" for a letter."""
    issuer_code: str | None
    """The issuing body's code in the number: "LMHTX"."""
    issuer_name: str | None
    """The issuing body as the title names it, which it seldom does."""
    title: str
    """The title as printed, type, number and date included where they stand in it."""
    abstract: str
    """Trích yếu: the title without type, number, date and issuer."""
    posted_on: dt.date | None
    byline: Byline | None
    body_text: str
    body: ParsedDocument
    citations: tuple[Citation, ...]
    """The documents that the body cites, its own number excluded; offsets in `body_text`."""
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What `read_article_text` found."""

    title: str
    section: str | None
    """The section of the site that the page names above the title."""
    paragraphs: tuple[str, ...]
    posted_on: dt.date | None
    byline: Byline | None
    citations: tuple[Citation, ...]
    """Offsets are those of the paragraphs joined by newlines."""
    left_out: tuple[LeftOut, ...]


def read_document_text(text: str) -> DocumentText:
    """Read a page that shows one issued document, with or without the site around it.

    The head is either a web page's title ("Kế hoạch số 60/KH-LMHTX ngày 21/4/2020 …") or the
    printed one of Nghị định 30/2020/NĐ-CP, Phụ lục I ("Số: …", place and date, type, trích yếu).
    """
    lines = page_lines(text)
    head = read_document_head(lines)
    if head is None:
        index, body = find_article_title(lines)
        head = DocumentHead(index, body, lines[index])
    content = _read_content(lines, head.begin, head.body, signed=True)
    number = head.number
    body_text = "\n".join(content.lines).strip("\n")
    return DocumentText(
        number=number,
        issued_on=head.issued_on,
        type_code=None if head.type is None else head.type.code,
        issuer_code=next(iter(number.issuers), None) if number else None,
        issuer_name=head.issuer_name,
        title=head.title,
        abstract=head.abstract,
        posted_on=content.posted_on,
        byline=content.byline,
        body_text=body_text,
        body=parse_provisions(body_text),
        citations=tuple(find_citations(body_text, exclude=[number] if number else [])),
        left_out=(*content.before, *_letterhead(head), *content.after),
    )


def read_article_text(text: str) -> ArticleText:
    """Read a page that shows one article."""
    lines = page_lines(text)
    index, body = find_article_title(lines)
    content = _read_content(lines, index, body, signed=False)
    paragraphs = tuple(line for line in content.lines if line)
    sections = [half for line in lines[:index] if (half := undoubled(line)) is not None]
    return ArticleText(
        title=lines[index],
        section=sections[-1] if sections else None,
        paragraphs=paragraphs,
        posted_on=content.posted_on,
        byline=content.byline,
        citations=tuple(find_citations("\n".join(paragraphs))),
        left_out=(*content.before, *content.after),
    )


def _letterhead(head: DocumentHead) -> tuple[LeftOut, ...]:
    return (LeftOut("letterhead", "\n".join(head.letterhead)),) if head.letterhead else ()


@dataclass(frozen=True, slots=True)
class _Content:
    lines: Sequence[str]
    byline: Byline | None
    posted_on: dt.date | None
    before: tuple[LeftOut, ...]
    after: tuple[LeftOut, ...]


def _read_content(lines: Sequence[str], head: int, begin: int, *, signed: bool) -> _Content:
    """Return the content from `begin` on, and all that is left out before `head` and after it."""
    before = name_before(lines[:head])
    while begin < len(lines) and (not lines[begin] or posted_date(lines[begin]) is not None):
        if lines[begin]:
            before.append(LeftOut("posted_on", lines[begin]))
        begin += 1
    furniture = find_end(lines, begin)
    byline, end = find_byline(lines, begin, furniture, signed=signed)
    after = name_after(lines[end:], byline=byline is not None)
    dates = [posted_date(left.text) for left in (*before, *after) if left.reason == "posted_on"]
    posted_on = next((date for date in dates if date is not None), None)
    return _Content(lines[begin:end], byline, posted_on, tuple(before), tuple(after))
