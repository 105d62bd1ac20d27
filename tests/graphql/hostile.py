"""Documents that no client needs: each asks for more than one may, or tries to get round a limit.

A table of name → (document, the code that it is refused with).
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.graphql.hostile_words import INVALID, LIMIT, SYNTAX, Case, words

__all__ = ["HOSTILE"]


def _nested(opening: str, inner: str, times: int) -> str:
    return opening * times + inner + "}" * times


def _depth() -> Iterator[Case]:
    for times in (16, 30, 60, 190, 250, 600):
        code = LIMIT
        yield (
            f"parents {times} deep",
            "{ page(id: 1) {" + _nested("parent {", "id", times) + "}}",
            code,
        )
        yield (
            f"inline fragments {times} deep",
            "{ page(id: 1) {" + _nested("... on Page { parent {", "id", times) + "}" * times + "}}",
            code,
        )
    chain = " ".join(f"fragment F{n} on Page {{ parent {{ ...F{n + 1} }} }}" for n in range(20))
    yield (
        "a chain of fragments",
        f"{{ page(id: 1) {{ ...F0 }} }} {chain} fragment F20 on Page {{ id }}",
        LIMIT,
    )
    yield (
        "a list in a list in a list",
        "{ page(path: " + "[" * 300 + "]" * 300 + ") { id } }",
        LIMIT,
    )
    yield (
        "an object in an object",
        "{ pages(filter: " + "{a:" * 300 + "1" + "}" * 300 + ") { totalCount } }",
        LIMIT,
    )
    yield (
        "a type in a type",
        "query ($a: " + "[" * 300 + "Int" + "]" * 300 + ") { page(id: $a) { id } }",
        LIMIT,
    )


def _width() -> Iterator[Case]:
    for count in (61, 200, 500):
        aliases = " ".join(f"a{n}: title" for n in range(count))
        yield f"{count} aliases of a leaf", f"{{ page(id: 1) {{ {aliases} }} }}", LIMIT
    for count in (11, 50, 200):
        pages = " ".join(f"p{n}: page(id: {n}) {{ id }}" for n in range(count))
        yield f"{count} root fields", f"{{ {pages} }}", LIMIT
    spread = " ".join("...P" for _ in range(11))
    yield (
        "root fields in fragments",
        f"{{ {spread} }} fragment P on Query {{ page(id: 1) {{ id }} }}",
        LIMIT,
    )
    inline = " ".join(f"... on Query {{ p{n}: page(id: 1) {{ id }} }}" for n in range(11))
    yield "root fields in inline fragments", f"{{ {inline} }}", LIMIT
    yield "the same root field", "{ " + "page(id: 1) { id } " * 20 + "}", LIMIT
    yield "the same leaf", "{ page(id: 1) { " + "id " * 1_600 + "} }", LIMIT
    yield "the same branch", "{ page(id: 1) { " + "seo { title description } " * 300 + "} }", LIMIT
    yield "__typename without end", "{ " + "__typename " * 1_900 + "}", LIMIT
    aliases = " ".join(f"a{n}: __typename" for n in range(70))
    yield "aliases of __typename", f"{{ {aliases} }}", LIMIT
    many = " ".join(f"a{n}: bodyJson" for n in range(50))
    yield "raw bodies many times", f"{{ articles(first: 100) {{ nodes {{ {many} }} }} }}", LIMIT
    trees = " ".join(f"a{n}: textAst" for n in range(50))
    yield (
        "trees many times",
        f"{{ articles(first: 100) {{ nodes {{ body {{ ...T }} }} }} }}"
        f" fragment T on CalloutBlock {{ {trees} }}",
        LIMIT,
    )


def _tokens() -> Iterator[Case]:
    yield "too long a text", "{ page(id: 1) { id } } # " + "x" * 20_000, LIMIT
    yield "spaces", "{" + " " * 20_000 + "page(id: 1) { id } }", LIMIT
    yield "comments", "#\n" * 200 + "{ page(id: 1) { id } }", LIMIT
    yield "commas", "{ page(id: 1) { id } }" + "," * 20_000, LIMIT
    yield (
        "numbers in a list",
        "{ pages(filter: {id: {in: [" + "1 " * 2_100 + "]}}) { totalCount } }",
        LIMIT,
    )
    yield "a long name", "{ " + "a" * 20_000 + " }", LIMIT
    yield "a long text", '{ page(path: "' + "/" * 20_000 + '") { id } }', LIMIT
    yield (
        "variables",
        "query (" + " ".join(f"$v{n}: Int" for n in range(51)) + ") { page(id: 1) { id } }",
        LIMIT,
    )
    yield "fragments", "{ page(id: 1) { id } } " + " ".join(
        f"fragment F{n} on Page {{ id }}" for n in range(51)
    ), LIMIT  # fmt: skip
    yield "braces", "{" * 1_000, SYNTAX
    yield "brackets", "{ page(id: " + "[" * 1_000, LIMIT


def _directives() -> Iterator[Case]:
    yield "directives on one field", "{ page(id: 1) { id " + "@skip(if: false) " * 40 + "} }", LIMIT
    yield "directives on many fields", "{ page(id: 1) { " + " ".join(
        f"a{n}: id @include(if: true)" for n in range(31)
    ) + "} }", LIMIT  # fmt: skip
    spread = "...D " * 16
    yield (
        "directives in fragments",
        f"{{ page(id: 1) {{ {spread} }} }}"
        " fragment D on Page { id @skip(if: false) title @skip(if: false) }",
        LIMIT,
    )
    yield "an unknown directive", "{ page(id: 1) { id @defer } }", INVALID
    yield "a directive on the operation", "query @skip(if: true) { page(id: 1) { id } }", INVALID
    yield "streaming", "{ pages { nodes @stream { id } } }", INVALID
    yield "deferring", "{ page(id: 1) { ... @defer { id } } }", INVALID
    yield "skip twice", "{ page(id: 1) { id @skip(if: true) @skip(if: false) } }", INVALID
    yield "skip without a condition", "{ page(id: 1) { id @skip } }", INVALID


def _fragments() -> Iterator[Case]:
    yield "a fragment in itself", "{ page(id: 1) { ...A } } fragment A on Page { ...A }", INVALID
    yield (
        "in itself below",
        "{ page(id: 1) { ...A } } fragment A on Page { parent { ...A } }",
        INVALID,
    )
    for size in (2, 3, 10, 49):
        circle = " ".join(
            f"fragment F{n} on Page {{ parent {{ ...F{(n + 1) % size} }} }}" for n in range(size)
        )
        yield f"a circle of {size}", f"{{ page(id: 1) {{ ...F0 }} }} {circle}", INVALID
    for width, levels in ((2, 12), (2, 40), (3, 20), (10, 10), (10, 49)):
        bombs = " ".join(
            f"fragment B{n} on Page {{ {f'...B{n + 1} ' * width} }}" for n in range(levels)
        )
        yield (
            f"fragments {width} wide, {levels} deep",
            f"{{ page(id: 1) {{ ...B0 }} }} {bombs} fragment B{levels} on Page {{ id }}",
            LIMIT,
        )
        empty = bombs.replace("on Page", "on Query")
        yield (
            f"empty fragments {width} wide, {levels} deep",
            f"{{ ...B0 }} {empty} fragment B{levels} on Query {{ }}",
            LIMIT,
        )
    unused = " ".join(f"fragment B{n} on Page {{ {f'...B{n + 1} ' * 10} }}" for n in range(20))
    yield (
        "a bomb that isn't used",
        f"{{ page(id: 1) {{ id }} }} {unused} fragment B20 on Page {{ id }}",
        LIMIT,
    )
    yield "an unused fragment", "{ page(id: 1) { id } } fragment A on Page { id }", INVALID
    yield "an unknown fragment", "{ page(id: 1) { ...Nothing } }", INVALID
    yield (
        "a fragment twice",
        "{ page(id: 1) { ...A } } fragment A on Page { id } fragment A on Page { id }",
        INVALID,
    )
    yield "on a type that isn't there", "{ page(id: 1) { ... on Secret { id } } }", INVALID
    yield "on a scalar", "{ page(id: 1) { ... on String { id } } }", INVALID
    yield "on another type", "{ articles { nodes { ... on Video { id } } } }", INVALID
    yield (
        "fragment variables",
        "{ page(id: 1) { ...A } } fragment A($x: Int = 1) on Page { id }",
        SYNTAX,
    )


def _overlaps() -> Iterator[Case]:
    """What makes validation compare every field with every other."""
    same = " ".join(f"a: seo {{ title x{n}: title }}" for n in range(60))
    yield "one name, other fields below", f"{{ page(id: 1) {{ {same} }} }}", LIMIT
    branch = "parent { " * 3 + "id title slug path " + "} " * 3
    yield "the same branches again", "{ page(id: 1) { " + branch * 80 + "} }", LIMIT
    inline = " ".join(
        f"... on {name} {{ body {{ ... on Block {{ id type }} }} }}"
        for name in ("Article", "Section", "Home", "Resource", "Announcement") * 30
    )
    yield "the same in inline fragments", f"{{ page(id: 1) {{ {inline} }} }}", LIMIT


def _cost() -> Iterator[Case]:
    fields = " ".join(f"f{n}: title" for n in range(60))
    both = f"edges {{ node {{ {fields} }} }} nodes {{ slug path locale type seo {{ title }} "
    many = " ".join(f"{name}(first: 100) {{ {both} }} }}" for name in ("articles", "videos"))
    yield "two large lists", f"{{ {many} }}", LIMIT
    crossed = "relatedPages { target { ... on Article { "
    yield (
        "lists of references in lists of references",
        "{ page(id: 1) { ... on Article { " + crossed * 4 + "id " + "} } } " * 4 + "} } }",
        LIMIT,
    )
    yield (
        "lists of references in a list",
        "{ articles(first: 100) { nodes { " + crossed * 2 + "id " + "} } } " * 2 + "} } }",
        LIMIT,
    )


HOSTILE: dict[str, tuple[str, str]] = {
    name: (document, code)
    for cases in (_depth, _width, _tokens, _directives, _fragments, _overlaps, _cost, words)
    for name, document, code in cases()
}
