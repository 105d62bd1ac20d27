"""Hostile documents by what they say: names, introspection, operations, syntax, hidden fields."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["words"]

LIMIT, INVALID, SYNTAX = "LIMIT_EXCEEDED", "INVALID_DOCUMENT", "SYNTAX_ERROR"

type Case = tuple[str, str, str]


def words() -> Iterator[Case]:
    """Each with its name, and the code that it is refused with."""
    for cases in (_names, _introspection, _operations, _syntax, _fields):
        yield from cases()


def _names() -> Iterator[Case]:
    for name in ("__schema", "__type", "__typename", "__x"):
        yield (
            f"a fragment called {name}",
            f"{{ page(id: 1) {{ ...{name} }} }} fragment {name} on Page {{ id }}",
            INVALID,
        )
        yield f"an alias called {name}", f"{{ page(id: 1) {{ {name}: id }} }}", INVALID
        yield f"an operation called {name}", f"query {name} {{ page(id: 1) {{ id }} }}", INVALID


def _introspection() -> Iterator[Case]:
    yield (
        "types of types",
        "{ __schema { types { fields { type { fields { type { fields { type {"
        " name } } } } } } } } }",
        INVALID,
    )
    yield "types of types in fragments", (
        "{ __schema { types { ...T } } } fragment T on __Type { fields { type { fields { type {"
        " fields { name } } } } } }"
    ), INVALID  # fmt: skip
    deep = "ofType {" * 30 + "name" + "}" * 30
    yield "types within types", '{ __type(name: "Page") { ' + deep + "} }", LIMIT
    yield (
        "introspection in a circle",
        "{ __schema { ...S } } fragment S on __Schema { ...S }",
        INVALID,
    )
    many = " ".join(f"s{n}: __schema {{ types {{ name }} }}" for n in range(11))
    yield "introspection many times", f"{{ {many} }}", LIMIT


def _operations() -> Iterator[Case]:
    yield "two operations", "query A { page(id: 1) { id } } query B { page(id: 1) { id } }", INVALID
    yield (
        "many operations",
        " ".join(f"query Q{n} {{ page(id: 1) {{ id }} }}" for n in range(50)),
        INVALID,
    )
    yield "no operation", "fragment A on Page { id }", INVALID
    yield "a mutation", "mutation { publish(id: 1) { id } }", INVALID
    yield "a subscription", "subscription { pages { id } }", INVALID
    yield "a type of one's own", "type Query { secret: String } { page(id: 1) { id } }", INVALID
    yield "an extension", "extend type Page { secret: String } { page(id: 1) { id } }", INVALID
    yield "a schema", "schema { query: Page } { page(id: 1) { id } }", INVALID
    yield "a directive of one's own", "directive @x on FIELD { page(id: 1) { id @x } }", INVALID
    yield "nothing", " ", SYNTAX
    yield "only a comment", "# nothing", SYNTAX


def _syntax() -> Iterator[Case]:
    for number, text in enumerate(
        ("{", "}", "{ page(", "{ page(id: ) { id } }", "{ page(id: 1) { id }", 'query "a" { id }',
         "{ page(id: 1 { id } }", '{ page(path: "\\x") { id } }', '{ page(path: "a\nb") { id } }',
         '{ page(path: "\\uD800") { id } }', '{ page(path: """a) { id } }', "{ page(id: 01) }",
         "{ page(id: 1.) { id } }", "{ ...on }", "{ page(id: $) { id } }", "{ id \u0007 }",
         "{ page(id: 1) { id } }}", "query ($a: ) { id }", "{ é }", "{ id\x00 }")
    ):  # fmt: skip
        yield f"bad syntax {number}", text, SYNTAX


def _fields() -> Iterator[Case]:
    for name in ("password", "owner", "draft", "revisions", "live", "translation_key", "tags",
                 "expiresAt", "fingerprint", "body__html", "_meta"):  # fmt: skip
        yield f"the field {name}", f"{{ page(id: 1) {{ {name} }} }}", INVALID
    for name in ("owner", "owner__password", "live", "title__startswith", "expires_at", "t1_title"):
        yield (
            f"a filter by {name}",
            f"{{ articles(filter: {{{name}: {{eq: 1}}}}) {{ totalCount }} }}",
            INVALID,
        )
        yield (
            f"an order by {name}",
            f"{{ articles(sort: [{name.upper()}_ASC]) {{ totalCount }} }}",
            INVALID,
        )
    for operator in ("regex", "iregex", "contains__x", "exact", "year"):
        yield (
            f"the operator {operator}",
            f'{{ articles(filter: {{title: {{{operator}: "a"}}}}) {{ totalCount }} }}',
            INVALID,
        )
    yield "an argument of drafts", "{ page(id: 1, draft: true) { id } }", INVALID
    yield "a type of page", "{ pages(type: [SECRET]) { totalCount } }", INVALID
    yield "a number for a text", "{ page(path: 1) { id } }", INVALID
    yield "too large a number", "{ page(id: 99999999999) { id } }", INVALID
    yield "a variable that isn't declared", "{ page(id: $id) { id } }", INVALID
    yield "a leaf with fields", "{ page(id: 1) { title { id } } }", INVALID
    yield "an object without fields", "{ page(id: 1) }", INVALID
    yield "one name for two fields", "{ page(id: 1) { a: title a: slug } }", INVALID
