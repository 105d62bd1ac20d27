"""The row of GraphQL: its root fields, and everything of the pages that they give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cms.delivery.graphql.types.schema import current_schema
from tests.graphql.selections import Everything
from tests.visibility.asking import NEVER, Ask, Evidence, everything, get, query
from tests.visibility.axes import Way
from tests.visibility.combining import both, every, known, path_of
from tests.visibility.subjects import Subject
from tests.visibility.table import Row

__all__ = ["ROOTS", "ROWS"]

_BY_ID = "query ($id: Int!) { page(id: $id) { id slug title seo { title } } }"
_BY_PATH = "query ($path: String!) { page(path: $path) { id slug title } }"
_PARENT = "query ($id: Int!) { page(id: $id) { parent { id title slug parent { title } } } }"
_TRANSLATIONS = "query ($id: Int!) { page(id: $id) { translations { title path } } }"
_IN_LOCALE = 'query ($id: Int!) { page(id: $id, locale: "vi") { title slug } }'
_STANDING_IN = 'query ($id: Int!) { page(id: $id, locale: "en") { title slug } }'
_FALLING_BACK = 'query ($id: Int!) { page(id: $id, locale: "en", fallback: "vi") { title slug } }'
_LINKS = """query ($id: Int!) { page(id: $id) { ... on OfficialDocument { bodyJson body {
  ... on ChapterBlock { itemsJson } } } } }"""


def _page(subject: Subject, *, kept: bool = False) -> Iterator[Ask]:
    if (page := subject.page) is not None:
        yield query(_BY_ID, id=page.pk, kept=kept, twin=query(_BY_ID, id=NEVER, kept=kept))
        nowhere = query(_BY_PATH, path="/khong-he-co/", kept=kept)
        yield query(_BY_PATH, path=path_of(page), kept=kept, twin=nowhere)


def _child(subject: Subject, *, kept: bool = False) -> Iterator[Ask]:
    if subject.child is not None:
        yield query(_PARENT, id=subject.child.pk, kept=kept)
        if not kept:
            yield everything(subject.child.pk, type(subject.child).type_name())


def _english(subject: Subject, *, kept: bool = False) -> Iterator[Ask]:
    if subject.english is not None:
        yield query(_TRANSLATIONS, id=subject.english.pk, kept=kept)
        yield query(_IN_LOCALE, id=subject.english.pk, kept=kept)
        if not kept:
            yield everything(subject.english.pk, type(subject.english).type_name())
    for copy in subject.copies:
        yield query(_BY_ID, id=copy.pk, kept=kept, twin=query(_BY_ID, id=NEVER, kept=kept))
    if subject.citing is not None:
        for text in (_STANDING_IN, _FALLING_BACK):
            pk = subject.citing.pk
            yield query(text, id=pk, kept=kept, twin=query(text, id=NEVER, kept=kept))


def _hosts(subject: Subject) -> Iterator[Ask]:
    for host in (subject.deep, *subject.hosts.values()):
        if host is not None:
            yield everything(host.pk, type(host).type_name())


def _links(subject: Subject, *, kept: bool = False) -> Iterator[Ask]:
    assert subject.deep is not None
    yield query(_LINKS, id=subject.deep.pk, kept=kept)


# --- Lists ----------------------------------------------------------------------------------------


def _connection(subject: Subject) -> str:
    assert subject.page is not None
    names = {"article": "articles", "section": "sections", "course": "courses"}
    return names[type(subject.page).type_name()]


def _list(subject: Subject, *, kept: bool = False) -> Iterator[Ask]:
    nodes = "{ nodes { id title slug } edges { node { id title } } pageInfo { hasNextPage } }"
    if subject.page is None:
        images = "{ nodes { image { title } attachments { file { title url } } } }"
        yield query(f"{{ articles(first: 100) {images} }}", kept=kept)
    else:
        yield query(f"{{ {_connection(subject)}(first: 100) {nodes} }}", kept=kept)


def _filtered(subject: Subject, selected: str, **more: Any) -> Iterator[Ask]:
    if (page := subject.page) is not None:
        contains = f'{{ title: {{ contains: "{subject.reason.word}" }} }}'
        for name in ("pages", _connection(subject)):
            yield query(f"{{ {name}(filter: {contains}) {{ {selected} }} }}", **more)
            text = (
                f"query ($id: Int!) {{ {name}(filter: {{ id: {{ eq: $id }} }}) {{ {selected} }} }}"
            )
            yield query(text, id=page.pk, twin=query(text, id=NEVER), **more)


def _filter(subject: Subject) -> Iterator[Ask]:
    return _filtered(subject, "nodes { title slug }")


def _count(subject: Subject) -> Iterator[Ask]:
    return _filtered(subject, "totalCount", evidence=Evidence.COUNTED)


def _sort(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        for key in ("TITLE_ASC", "SLUG_DESC"):
            yield query(
                f"{{ {_connection(subject)}(first: 100, sort: [{key}]) {{ nodes {{ title }} }} }}"
            )


def _below(subject: Subject) -> Iterator[Ask]:
    if subject.section is not None:
        text = "query ($p: String!) { pages(parent: $p) { nodes { parent { title slug } } } }"
        yield query(text, p=str(subject.section.pk), twin=query(text, p=str(NEVER)))
        text = "query ($p: String!) { pages(within: $p) { nodes { parent { title slug } } } }"
        yield query(text, p=path_of(subject.section))


# --- Menus, facts, types --------------------------------------------------------------------------


_ITEM = "type title id path url current trail"
_MENU = f"""{{ menu(handle: "main", path: "/tin-tuc/") {{ handle title items {{
  {_ITEM} items {{ {_ITEM} items {{ {_ITEM} }} }} }} }} }}"""
_TRANSLATED_MENU = '{ menu(handle: "dich", locale: "vi") { items { title path } } }'


def _facts() -> Iterator[Ask]:
    yield query(Everything(current_schema()).query("site", "Site"))


def _wrong(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        for text in (
            "query ($id: Int!) { page(id: $id) { nothing } }",
            'query ($id: Int!) { page(id: $id, fallback: "vi") { title } }',
            "query ($id: Int!) { page(id: $id, draft: true) { title } }",
        ):
            yield query(text, id=subject.page.pk, twin=query(text, id=NEVER))


def _kept(subject: Subject) -> Iterator[Ask]:
    for asks in (_page, _child, _english, _links, _list):
        yield from asks(subject, kept=True)
    yield query(
        '{ menu(handle: "main") { items { title path } } site { logo { title } } }', kept=True
    )


GRAPHQL = Row(
    "graphql",
    "It has no field of feeds, of maps, of redirects or of changes.",
    {
        Way.DIRECT: _page,
        Way.PARENT: both(_child, _below),
        Way.TRANSLATION: _english,
        Way.BLOCK: _hosts,
        Way.LINK: both(_links, every(_facts)),
        Way.LIST: _list,
        Way.FILTER: _filter,
        Way.SORT: _sort,
        Way.COUNT: _count,
        Way.MENU: every(lambda: [query(_MENU), query(_TRANSLATED_MENU)]),
        Way.ERROR: _wrong,
        Way.NOT_MODIFIED: known(_kept),
        Way.HOT: _kept,
    },
    also=every(
        lambda: [
            query(Everything(current_schema()).query("types", "ContentType")),
            query("{ __schema { types { name fields { name } } } }"),
        ]
    ),
)

ROOTS: dict[str, str] = {
    "page": "all ways that lead to one page",
    "pages": "filter, count, parent",
    "menu": "menu",
    "site": "link",
    "types": "describes the code",
    "courseCount": "a number of a plugin's own: `count` of the connection is the same",
}
"""Root fields beside the connections of the types, and where in the row they are asked for."""

ROWS = [
    GRAPHQL,
    Row(
        "graphql-explorer",
        "A page to write queries on: it has no content, and asks GraphQL for everything.",
        also=every(lambda: [get("/graphql/explorer")]),
    ),
]
