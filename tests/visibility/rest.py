"""The rows of REST, feeds and the change feed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tests.visibility.asking import NEVER, Ask, Evidence, get, messages
from tests.visibility.axes import Way
from tests.visibility.subjects import Subject
from tests.visibility.table import Asks, Row

__all__ = ["ROWS", "both", "every", "known", "path_of"]

FORMS = ("rss", "atom", "json")


def path_of(page: Any) -> str:
    """The public path of a page of the world, as it was when all was public."""
    code = page.locale.language_code
    return f"{'' if code == 'vi' else f'/{code}'}/{page.url_path.split('/', 2)[2]}"


def known(asks: Asks) -> Asks:
    """The same requests from a client that has the answers."""
    return lambda subject: [one.once_known() for one in asks(subject)]


def both(*several: Asks) -> Asks:
    """The requests of several cells."""
    return lambda subject: [one for asks in several for one in asks(subject)]


def every(asked: Callable[[], Iterable[Ask]]) -> Asks:
    """Requests that are the same for all subjects."""
    return lambda subject: asked()


# --- One page -------------------------------------------------------------------------------------


def _page(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        for extra in ({}, {"include": "json_ld"}, {"fields": "title,slug"}, {"locale": "vi"},
                      {"locale": "en", "fallback": "vi"}):  # fmt: skip
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


def _resolve_english(subject: Subject) -> Iterator[Ask]:
    if subject.english is not None:
        yield get("resolve", path=path_of(subject.english))


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


# --- Lists ----------------------------------------------------------------------------------------


def _type(subject: Subject) -> str:
    return type(subject.page).type_name() if subject.page else "article"


def _list(subject: Subject) -> Iterator[Ask]:
    if subject.page is None:
        yield get("pages", type="article", limit=100)
        yield get("pages", type="article", limit=100, fields="*")
        return
    yield get("pages", type=_type(subject), limit=100)
    yield get("pages", type=_type(subject), limit=100, fields="*")
    yield get("pages", type=_type(subject), limit=100, locale="en", fallback="vi")


def _filter(subject: Subject) -> Iterator[Ask]:
    page, reason = subject.page, subject.reason
    if page is None:
        return
    slug = reason.section_slug if page is subject.section and _type(subject) == "section" else None
    yield get("pages", filter__title__contains=reason.word)
    yield get("pages", filter__slug__eq=slug or reason.slug)
    yield get("pages", filter__id__in=page.pk, twin=get("pages", filter__id__in=NEVER))
    yield get("pages", filter__path__eq=path_of(page))


def _sort(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        for key in ("title", "-slug", "-updated_at,path"):
            yield get("pages", type=_type(subject), limit=100, sort=key)


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
            lambda: [get("pages", locale="en", fields="translations", limit=100)]
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

# --- Feeds ----------------------------------------------------------------------------------------


def _feed(subject: Subject) -> Iterator[Ask]:
    for form in FORMS:
        yield get(f"feeds/{form}", type=_type(subject), limit=100)


def _feed_of_section(subject: Subject) -> Iterator[Ask]:
    if subject.section is not None:
        for form in FORMS:
            path = path_of(subject.section)
            yield get(f"feeds/{form}", within=path, twin=get(f"feeds/{form}", within="/khong/"))


FEED = Row(
    "api-feed",
    "A section's newest pages, in one order: there are no filters, no sort keys and no total.",
    {
        Way.FEED: _feed,
        Way.PARENT: _feed_of_section,
        Way.ERROR: every(lambda: [get(f"feeds/{form}", cursor="x") for form in FORMS]),
        Way.NOT_MODIFIED: known(_feed),
        Way.HOT: both(_feed, _feed_of_section),
    },
)

_MAP = every(lambda: [get("sitemap.xml")])

SITEMAP = Row(
    "api-sitemap",
    "Every public address; its translations stand beside it.",
    {
        Way.SITEMAP: _MAP,
        Way.TRANSLATION: _MAP,
        Way.ERROR: every(lambda: [get("sitemap.xml", part="x"), get("sitemap.xml", part=99)]),
        Way.NOT_MODIFIED: known(_MAP),
        Way.HOT: _MAP,
    },
)


def _searches(subject: Subject) -> Iterator[Ask]:
    word = subject.reason.word
    yield get("search", q=word, facets="type,year,section,topics", highlight="true")
    yield get("search", q=word, type=_type(subject))
    yield get("suggest", q=word)


SEARCH = Row(
    "api-search",
    "A list by relevance. That it shows what is public, and that nothing is found or counted while "
    "an index is behind, is tested on every engine in tests/search/whole/test_visibility.py.",
    also=_searches,
)
SUGGEST = Row("api-suggest", "Asked for with the search above.", also=_searches)

_CHANGES = every(lambda: [get("changes", limit=1000, is_tombstone=True)])

CHANGES = Row(
    "api-changes",
    "What changed, in the one order of its numbers. It is never kept: the hot path hands it on.",
    {
        Way.CHANGES: _CHANGES,
        Way.ERROR: every(lambda: [get("changes", since=10**9), get("changes", since="x")]),
    },
    also=every(lambda: [get("changes", within="/tin-tuc/", limit=1000, is_tombstone=True)]),
)

WEBHOOK = Row(
    "webhook",
    "A message is sent, and not asked for: it says what `GET /changes` says of one entry.",
    {Way.WEBHOOK: every(lambda: [messages()])},
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

# --- What describes the code ----------------------------------------------------------------------

_CODE = "It describes the code and the operation, and has no content."

ROWS = [
    PAGE, RESOLVE, PAGES, MENU, SITE, REDIRECTS, FEED, SITEMAP, CHANGES, WEBHOOK, DRAFT, PREVIEW,
    SEARCH, SUGGEST,
    Row("api-types", _CODE, also=every(lambda: [get("types")])),
    Row("api-content-type", _CODE, also=every(lambda: [get("types/article"), get("types/course")])),
    Row("api-problem", _CODE, also=every(lambda: [get("problems/not-found")])),
    Row("api-openapi", _CODE, also=every(lambda: [get("openapi.json")])),
    Row("api-docs", _CODE, also=every(lambda: [get("docs")])),
    Row("api-healthz", _CODE, also=every(lambda: [get("/healthz")])),
    Row("api-readyz", _CODE, also=every(lambda: [get("/readyz")])),
    Row("api-upcoming-courses", "Titles of one plugin's pages, in one order.",
        {Way.LIST: every(lambda: [get("course/upcoming")])}),
]  # fmt: skip
