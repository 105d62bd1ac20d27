"""The root fields of the core: pages, menus, content types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from cms.delivery import schemas
from cms.delivery.endpoints.content_types import SCHEMA_TAG, describe_types
from cms.delivery.endpoints.menus import MenuParameters, read_menu
from cms.delivery.graphql.reading import Reading
from cms.delivery.graphql.types import declare
from cms.delivery.graphql.types.inputs import ListInput
from cms.delivery.graphql.types.objects import Objects
from cms.delivery.graphql.types.readers import RootReader, Unloaded
from cms.delivery.parameters import LocaleParameters, PublicPath
from cms.delivery.problems import Problem
from cms.delivery.query.lists import ListParameters, Selection, page_types
from cms.delivery.stored import Stored, find_document
from cms.delivery.translations import find_by_path, in_locale
from cms.pages.section_policies import POLICY_TAG
from cms.plugins.registry import ContentType, registry

__all__ = ["list_field", "menu_field", "page_field", "types_field"]

type Arguments = Mapping[str, Any]

_PARAMETER_NAMES = {"limit": "first", "cursor": "after", "type": "type"}
_TEXT = declare.or_null(str)


def _locale_arguments() -> list[StrawberryArgument]:
    return [
        declare.argument("locale", _TEXT, "`vi`, `en`; left out: any."),
        declare.argument(
            "fallback",
            _TEXT,
            "With `locale`: this one where there is no translation, or `none`. Left out: as the "
            "section has it.",
        ),
    ]


def _given(arguments: Arguments, **names: str) -> dict[str, Any]:
    """The arguments that have a value, under REST's names."""
    return {names.get(name, name): value for name, value in arguments.items() if value is not None}


# --- One page -------------------------------------------------------------------------------------


class _PageParameters(LocaleParameters):
    """How one page is found."""

    id: int | None = None
    path: PublicPath | None = None


def page_field(page: type) -> StrawberryField:
    """``page(id)``, ``page(path)``."""
    return declare.field(
        "page",
        declare.or_null(page),
        RootReader(_read_page),
        description="One page by its id or its public path; null where the public sees none.",
        arguments=[
            declare.argument("id", declare.or_null(int)),
            declare.argument("path", _TEXT, "`/tin-tuc/dai-hoi/`"),
            *_locale_arguments(),
        ],
    )


def _read_page(reading: Reading, arguments: Arguments, selected: frozenset[str]) -> Any:
    parameters = _PageParameters.of(_given(arguments))
    if (parameters.id is None) is (parameters.path is None):
        raise Problem("missing-parameter", "Either an id or a path is needed.", parameter="path")
    row = _find_page(reading, parameters)
    return None if row is None else reading.document(row)


def _find_page(reading: Reading, parameters: _PageParameters) -> Stored | None:
    if parameters.id is not None:
        reading.note([f"page:{parameters.id}"])
        original = find_document(pk=parameters.id)
        if original is not None:  # whose translations' coming is felt
            reading.note([f"page:{original.pk}", *original.tags], original.until)
        if parameters.leaves_it_to_sections:
            reading.note([POLICY_TAG])
        return in_locale(original, parameters)
    path = str(parameters.path)
    path = path if path.endswith("/") else f"{path}/"
    if parameters.fallback is None:
        reading.note([POLICY_TAG])
    row = find_by_path(path, parameters)
    if row is None or row.locale != (parameters.locale or row.locale):
        reading.note_all_pages()  # whichever page comes to this path
    return row


# --- Lists of pages -------------------------------------------------------------------------------


def list_field(
    name: str,
    connection: Any,
    inputs: ListInput,
    *,
    types: Sequence[ContentType] = (),
    choices: Any = None,
) -> StrawberryField:
    """A connection; ``choices`` is the enumeration of types where the client chooses them."""

    def read(reading: Reading, arguments: Arguments, selected: frozenset[str]) -> Any:
        given = _given(arguments, first="limit", after="cursor")
        chosen = [one.value for one in given.pop("type", ())] or [one.name for one in types]
        if chosen:
            given["type"] = tuple(chosen)
        if "sort" in given:
            given["sort"] = tuple(one.value for one in given["sort"]) or None
        given["filters"] = tuple(inputs.terms(given.pop("filter", None)))
        try:
            return _read_list(reading, ListParameters.of(given), selected)
        except Problem as problem:
            problem.parameter = _PARAMETER_NAMES.get(problem.parameter or "", problem.parameter)
            raise

    arguments = [
        declare.argument("first", int, "Most pages to give: 1 to 100.", default=20),
        declare.argument("after", _TEXT, "The cursor to go on from."),
        declare.argument("within", _TEXT, "Everything below the page with this path."),
        declare.argument("parent", _TEXT, "What is right below the page with this id or path."),
        *_locale_arguments(),
        declare.argument("filter", declare.or_null(inputs.filter)),
        declare.argument(
            "sort", declare.or_null(declare.many(inputs.sort)), "By default the newest first."
        ),
    ]
    if choices is not None:
        kinds = declare.or_null(declare.many(choices))
        arguments.insert(0, declare.argument("type", kinds, "Left out: all."))
    return declare.field(name, connection, RootReader(read, is_list=True), arguments=arguments)


def _read_list(reading: Reading, parameters: ListParameters, selected: frozenset[str]) -> Any:
    types = page_types(parameters.type)
    selection = Selection(types, parameters)
    reading.note(f"type:{one.name}" for one in types or registry.pages())
    reading.note(selection.tags)
    answer: dict[str, Any] = {}
    if "totalCount" in selected:
        answer["totalCount"] = selection.count()
    if not selected & {"edges", "nodes", "pageInfo"}:
        return answer
    rows, more = selection.rows()
    pages = [Unloaded(row[0]) for row in rows]
    answer["nodes"] = pages

    def cursor(name: str, row: tuple[Any, ...]) -> str | None:
        """Signed where it is asked for alone: that takes longer than the rest of a row."""
        return selection.cursor(row) if name in selected else None

    if "edges" in selected:
        answer["edges"] = [
            {"cursor": cursor("edges.cursor", row), "node": page}
            for row, page in zip(rows, pages, strict=True)
        ]
    answer["pageInfo"] = {
        "hasNextPage": more,
        "hasPreviousPage": parameters.cursor is not None,
        "startCursor": cursor("pageInfo.startCursor", rows[0]) if rows else None,
        "endCursor": cursor("pageInfo.endCursor", rows[-1]) if rows else None,
    }
    return answer


# --- Menus and types ------------------------------------------------------------------------------


def menu_field(objects: Objects) -> StrawberryField:
    """``menu(handle)``."""
    return declare.field(
        "menu",
        declare.or_null(objects.type_of(schemas.MENU, "Menu")),
        RootReader(_read_menu),
        description="A menu as a tree, without what the public may not see.",
        arguments=[
            declare.argument("handle", str),
            declare.argument("path", _TEXT, "Where the reader is: marks the active trail."),
            *_locale_arguments(),
        ],
    )


def _read_menu(reading: Reading, arguments: Arguments, selected: frozenset[str]) -> Any:
    given = _given(arguments)
    handle = given.pop("handle")
    reading.note([f"menu:{handle}"])
    found = read_menu(handle, MenuParameters.of(given))
    if found is None:
        return None
    answer, tree = found
    reading.note(tree.tags, tree.until)
    return answer


def types_field(objects: Objects) -> StrawberryField:
    """``types``."""
    described = schemas.TYPES["properties"]["items"]
    return declare.field(
        "types",
        declare.or_null(objects.type_of(described, "ContentTypes")),
        RootReader(_read_types),
        description="The content types: their fields, and by which lists are filtered and sorted.",
    )


def _read_types(reading: Reading, arguments: Arguments, selected: frozenset[str]) -> Any:
    reading.note([SCHEMA_TAG])
    return describe_types()
