"""The rows of lists: pages, search, menus, facts, redirects."""

from __future__ import annotations

from collections.abc import Iterator

from tests.visibility.asking import NEVER, Ask, Evidence, get
from tests.visibility.axes import Way
from tests.visibility.combining import both, every, known, path_of
from tests.visibility.subjects import Subject
from tests.visibility.table import Row

__all__ = ["ROWS", "type_of"]


def type_of(subject: Subject) -> str:
    return type(subject.page).type_name() if subject.page else "article"


def _list(subject: Subject) -> Iterator[Ask]:
    if subject.page is None:
        yield get("pages", type="article", limit=100)
        yield get("pages", type="article", limit=100, fields="*")
        return
    yield get("pages", type=type_of(subject), limit=100)
    yield get("pages", type=type_of(subject), limit=100, fields="*")
    for asked in ({"fallback": "vi"}, {"fallback": "none"}, {}):
        yield get("pages", type=type_of(subject), limit=100, locale="en", **asked)
    yield get("pages", type="official_document", limit=100, locale="en")
    for state in ("missing", "complete"):
        yield get("pages", limit=100, fields="*", **{"filter__translation.status__eq": state})


def _filter(subject: Subject) -> Iterator[Ask]:
    page, reason = subject.page, subject.reason
    if page is None:
        return
    slug = (
        reason.section_slug if page is subject.section and type_of(subject) == "section" else None
    )
    yield get("pages", filter__title__contains=reason.word)
    yield get("pages", filter__slug__eq=slug or reason.slug)
    yield get("pages", filter__id__in=page.pk, twin=get("pages", filter__id__in=NEVER))
    yield get("pages", filter__path__eq=path_of(page))


def _sort(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        for key in ("title", "-slug", "-updated_at,path"):
            yield get("pages", type=type_of(subject), limit=100, sort=key)


def _count(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        for own in ({"filter__title__contains": subject.reason.word},
                    {"filter__id__eq": subject.page.pk}):  # fmt: skip
            yield get("pages", count="exact", limit=1, evidence=Evidence.COUNTED, **own)


def _below(subject: Subject) -> Iterator[Ask]:
    if subject.section is not None:
        pk, path = subject.section.pk, path_of(subject.section)
        yield get("pages", parent=pk, fields="*")
        yield get("pages", parent=path, fields="*")
        yield get("pages", within=path, fields="*")
        yield get("pages", filter__parent__eq=pk, fields="*")


def _wrong_list(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        for wrong in ({"sort": "nothing"}, {"cursor": "x"}, {"fields": "nothing"}):
            yield get(
                "pages", filter__id__eq=subject.page.pk,
                twin=get("pages", filter__id__eq=NEVER, **wrong), **wrong,
            )  # fmt: skip


PAGES = Row(
    "api-pages",
    "A list of pages: what one page leads to is asked of the pages themselves.",
    {
        Way.LIST: _list,
        Way.FILTER: _filter,
        Way.SORT: _sort,
        Way.COUNT: _count,
        Way.PARENT: _below,
        Way.TRANSLATION: every(
            lambda: [get("pages", locale="en", fallback="none", fields="translations", limit=100)]
        ),
        Way.BLOCK: every(
            lambda: [get("pages", type="official_document", fields="body,references", limit=100)]
        ),
        Way.LINK: every(
            lambda: [
                get("pages", type="official_document", fields="body", rich_text=form, limit=100)
                for form in ("markdown", "ast")
            ]
        ),
        Way.ERROR: _wrong_list,
        Way.NOT_MODIFIED: known(_list),
        Way.HOT: both(_list, _filter, _sort, _below),
    },
)


# --- Search ---------------------------------------------------------------------------------------


def _searches(subject: Subject) -> Iterator[Ask]:
    word = subject.reason.word
    yield get("search", q=word, facets="type,year,section,topics", highlight="true")
    yield get("search", q=word, type=type_of(subject))
    yield get("suggest", q=word)


SEARCH = Row(
    "api-search",
    "A list by relevance. That it shows what is public, and that nothing is found or counted while "
    "an index is behind, is tested on every engine in tests/search/whole/test_visibility.py.",
    also=_searches,
)
SUGGEST = Row("api-suggest", "Asked for with the search above.", also=_searches)

# --- Menus, facts, redirects ----------------------------------------------------------------------

_MENUS = every(lambda: [get("menus/main"), get("menus/main", path="/tin-tuc/")])
_TRANSLATED = every(lambda: [get("menus/dich", locale="vi")])

MENU = Row(
    "api-menu",
    "A menu has pages' titles and paths, and nothing that is found in a page.",
    {
        Way.MENU: _MENUS,
        Way.TRANSLATION: _TRANSLATED,
        Way.ERROR: every(lambda: [get("menus/main", nothing=1)]),
        Way.NOT_MODIFIED: known(_MENUS),
        Way.HOT: both(_MENUS, _TRANSLATED),
    },
    also=every(lambda: [get("menus/main", locale="en", fallback="vi")]),
)

_FACTS = every(lambda: [get("site"), get("site", locale="en")])

SITE = Row(
    "api-site",
    "The facts of the portal: its logo, and groups of links to pages.",
    {
        Way.LINK: _FACTS,
        Way.ERROR: every(lambda: [get("site", nothing=1)]),
        Way.NOT_MODIFIED: known(_FACTS),
        Way.HOT: _FACTS,
    },
)

_REDIRECTS = every(lambda: [get("redirects", limit=100)])

REDIRECTS = Row(
    "api-redirects",
    "Old addresses and new ones. It is never kept: the hot path hands it on.",
    {
        Way.REDIRECT: _REDIRECTS,
        Way.ERROR: every(lambda: [get("redirects", cursor="x")]),
        Way.NOT_MODIFIED: known(_REDIRECTS),
    },
)

ROWS = [PAGES, SEARCH, SUGGEST, MENU, SITE, REDIRECTS]
