"""The rows of one page: by its id, by its path, its draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.visibility.asking import NEVER, Ask, get
from tests.visibility.axes import Way
from tests.visibility.combining import both, every, known, path_of
from tests.visibility.subjects import Subject
from tests.visibility.table import Row

__all__ = ["ROWS"]


def _page(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        for extra in ({}, {"include": "json_ld"}, {"fields": "title,slug"}, {"locale": "vi"},
                      {"locale": "en", "fallback": "vi"}, {"locale": "en"},
                      {"locale": "en", "fallback": "none"}):  # fmt: skip
            pk = subject.page.pk
            yield get(f"pages/{pk}", twin=get(f"pages/{NEVER}", **extra), **extra)


def _child(subject: Subject) -> Iterator[Ask]:
    if subject.child is not None:
        yield get(f"pages/{subject.child.pk}")
        yield get(f"pages/{subject.child.pk}", include="json_ld")


def _english(subject: Subject) -> Iterator[Ask]:
    if subject.english is not None:
        yield get(f"pages/{subject.english.pk}")
        yield get(
            f"pages/{subject.english.pk}", locale="vi", twin=get(f"pages/{NEVER}", locale="vi")
        )
    for copy in subject.copies:
        yield get(f"pages/{copy.pk}", twin=get(f"pages/{NEVER}"))
    if subject.citing is not None:
        for extra in ({"locale": "en"}, {"locale": "en", "fallback": "vi"}):
            pk = subject.citing.pk
            yield get(f"pages/{pk}", twin=get(f"pages/{NEVER}", **extra), **extra)


def _hosts(subject: Subject) -> Iterator[Ask]:
    assert subject.deep is not None
    yield get(f"pages/{subject.deep.pk}")
    for host in subject.hosts.values():
        yield get(f"pages/{host.pk}")


def _links(subject: Subject) -> Iterator[Ask]:
    assert subject.deep is not None
    for form in ("html", "markdown", "ast"):
        yield get(f"pages/{subject.deep.pk}", rich_text=form)


def _wrong_page(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        for wrong in ({"fields": "nothing"}, {"nothing": "1"}, {"fallback": "vi"}):
            pk = subject.page.pk
            yield get(f"pages/{pk}", twin=get(f"pages/{NEVER}", **wrong), **wrong)


PAGE = Row(
    "api-page",
    "One page by its id: nothing is listed, sorted, counted or led on to.",
    {
        Way.DIRECT: _page,
        Way.PARENT: _child,
        Way.TRANSLATION: _english,
        Way.BLOCK: _hosts,
        Way.LINK: _links,
        Way.ERROR: _wrong_page,
        Way.NOT_MODIFIED: known(both(_page, _hosts)),
        Way.HOT: both(_page, _child, _english, _hosts, _links),
    },
)


# --- What stands at a path ------------------------------------------------------------------------


def _at(page: Any, twin: str = "/khong-he-co/", **extra: str) -> Ask:
    return get("resolve", path=path_of(page), twin=get("resolve", path=twin, **extra), **extra)


def _resolve(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        yield _at(subject.page)
        yield _at(subject.page, locale="en", fallback="vi")
        yield _at(subject.page, locale="en")


def _resolve_english(subject: Subject) -> Iterator[Ask]:
    if subject.english is not None:
        yield get("resolve", path=path_of(subject.english))
    for copy in subject.copies:
        yield _at(copy)
    if subject.cited is not None:  # it stands in for an English page; what cites it is hidden
        yield get("resolve", path=f"/en{path_of(subject.cited)}")


def _resolve_host(subject: Subject) -> Iterator[Ask]:
    yield get("resolve", path=path_of(subject.deep))


def _resolve_redirect(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        old = f"/cu-{subject.reason.number}/"
        yield get("resolve", path=old, twin=get("resolve", path="/khong-he-co/"))


def _resolve_wrong(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        yield _at(subject.page, fields="nothing")


RESOLVE = Row(
    "api-resolve",
    "One page by its path: nothing is listed, sorted or counted.",
    {
        Way.DIRECT: _resolve,
        Way.PARENT: lambda s: [get("resolve", path=path_of(s.child))] if s.child else [],
        Way.TRANSLATION: _resolve_english,
        Way.BLOCK: _resolve_host,
        Way.LINK: lambda s: [get("resolve", path=path_of(s.deep), rich_text="markdown")],
        Way.REDIRECT: _resolve_redirect,
        Way.ERROR: _resolve_wrong,
        Way.NOT_MODIFIED: known(both(_resolve, _resolve_host)),
        Way.HOT: both(_resolve, _resolve_english, _resolve_host),
    },
)


# --- Drafts ---------------------------------------------------------------------------------------


def _draft(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        yield get(f"drafts/{subject.page.pk}", twin=get(f"drafts/{NEVER}"))


DRAFT = Row(
    "api-draft",
    "One draft for the holder of a token for drafts; never kept, without an ETag.",
    {Way.DIRECT: _draft},
)


def _previews(subject: Subject) -> Iterator[Ask]:
    assert subject.deep is not None
    for page in (subject.deep, *subject.hosts.values()):
        if type(page).type_name() not in ("course", "lecture"):  # of the plugin that is disabled
            yield get("preview", preview_of=page.pk)


def _preview_links(subject: Subject) -> Iterator[Ask]:
    assert subject.deep is not None
    yield get("preview", preview_of=subject.deep.pk, rich_text="markdown")


def _preview_of_child(subject: Subject) -> Iterator[Ask]:
    if subject.child is not None and not subject.reason.hides_below:
        yield get("preview", preview_of=subject.child.pk)


PREVIEW = Row(
    "api-preview",
    "One draft, for its editor; it leads to nothing but what everybody sees. Never kept.",
    {
        Way.BLOCK: _previews,
        Way.LINK: _preview_links,
        Way.PARENT: _preview_of_child,
        Way.TRANSLATION: lambda s: [get("preview", preview_of=s.english.pk)] if s.english else [],
        Way.ERROR: every(lambda: [get("preview"), get("preview", token="htp_x")]),
    },
)

ROWS = [PAGE, RESOLVE, DRAFT, PREVIEW]
