"""Root fields for shared records: topics, organisations, persons, and those of plugins.

A record is public when a document that the reader may see was built from it: the gate says which
(``cms.pages.visibility``). What is given of it is what documents show of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from django.db.models import FETCH_PEERS, ForeignObjectRel, QuerySet
from strawberry.types.field import StrawberryField

from cms.delivery.graphql.reading import Reading
from cms.delivery.graphql.types import declare
from cms.delivery.graphql.types.names import Names, camel, plural
from cms.delivery.graphql.types.objects import Objects
from cms.delivery.graphql.types.pages import Connections
from cms.delivery.graphql.types.readers import RootReader
from cms.delivery.parameters import Limit, Parameters
from cms.delivery.problems import Problem
from cms.delivery.query.cursors import read_cursor, write_cursor
from cms.pages.build import Build
from cms.pages.exposed import ExposedField, Json
from cms.pages.kinds.references import read_record
from cms.pages.models import ContentSnippet
from cms.pages.visibility import visible_records
from cms.plugins.registry import ContentType, registry

__all__ = ["record_fields"]

_NAMES = {"limit": "first", "cursor": "after"}


class _ListParameters(Parameters):
    limit: Limit = 20
    cursor: str | None = None


def record_fields(
    objects: Objects, connections: Connections, names: Names
) -> Iterator[StrawberryField]:
    """A connection for each sort of record that documents show."""
    for one in registry.snippets():
        shape = one.model.__name__
        if not one.enabled or shape not in objects.definitions:
            continue
        node = objects.type_of({"$ref": f"#/{shape}"}, shape)
        yield declare.field(
            names.claim(plural(camel(one.name))),
            connections.of(shape, node),
            RootReader(_reader(one), is_list=True),
            description="Those that public pages show, by their keys.",
            arguments=[
                declare.argument("first", int, "Most to give: 1 to 100.", default=20),
                declare.argument("after", declare.or_null(str), "The cursor to go on from."),
            ],
        )


def _reader(content_type: ContentType) -> Any:
    def read(reading: Reading, arguments: Mapping[str, Any], selected: frozenset[str]) -> Any:
        given = {"limit": arguments["first"], "cursor": arguments.get("after")}
        try:
            return _read(reading, content_type, _ListParameters.of(given), selected)
        except Problem as problem:
            problem.parameter = _NAMES.get(problem.parameter or "", problem.parameter)
            raise

    return read


def _read(
    reading: Reading, content_type: ContentType, parameters: _ListParameters, selected: Any
) -> dict[str, Any]:
    model = cast("type[ContentSnippet]", content_type.model)
    key = model.natural_key_field
    binding = ["records", content_type.name]
    records = visible_records(model)
    reading.note([f"type:{content_type.name}"])
    reading.note_all_pages()  # any of them may be the first to show a record, or the last
    answer: dict[str, Any] = {}
    if "totalCount" in selected:
        answer["totalCount"] = records.count()
    if not selected & {"edges", "nodes", "pageInfo"}:
        return answer
    if parameters.cursor is not None:
        (last,) = read_cursor(parameters.cursor, binding, 1)
        records = records.filter(**{f"{key}__gt": last})
    fields = _wanted(content_type.exposed_fields, selected)
    rows = list(_with_relations(records, fields).order_by(key)[: parameters.limit + 1])
    more = len(rows) > parameters.limit
    rows = rows[: parameters.limit]
    build = Build()
    nodes: list[Json] = [read_record(row, fields, build) for row in rows]
    reading.note_build(build)
    cursors = [write_cursor([row.natural_key_value], binding) for row in rows]
    return {
        **answer,
        "nodes": nodes,
        "edges": [
            {"cursor": cursor, "node": node} for cursor, node in zip(cursors, nodes, strict=True)
        ],
        "pageInfo": {
            "hasNextPage": more,
            "hasPreviousPage": parameters.cursor is not None,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        },
    }


def _wanted(fields: Sequence[ExposedField], selected: frozenset[str]) -> list[ExposedField]:
    """The fields that are selected; all, where edges are, whose nodes lie too deep to be seen."""
    if "edges" in selected:
        return list(fields)
    # Begins with: a rich text has a second form beside it.
    return [
        one
        for one in fields
        if any(name.startswith(f"nodes.{camel(one.name)}") for name in selected)
    ]


def _with_relations(
    records: QuerySet[ContentSnippet], fields: Sequence[ExposedField]
) -> QuerySet[ContentSnippet]:
    """The records with what their fields read, one query for each relation of all of them."""
    many = {
        one.get_accessor_name() if isinstance(one, ForeignObjectRel) else one.name
        for one in records.model._meta.get_fields()
        if one.one_to_many or one.many_to_many
    }
    names = [one.name for one in fields if one.name in many]
    return records.prefetch_related(*names).fetch_mode(FETCH_PEERS)
