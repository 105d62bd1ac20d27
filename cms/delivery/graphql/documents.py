"""Documents made ready: parsed, within the limits, valid, weighed; and kept, to do it once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from django.conf import settings
from graphql import GraphQLError, GraphQLSyntaxError, parse, validate
from graphql.execution.values import VariableValues, get_variable_values
from graphql.language import DocumentNode, FragmentDefinitionNode, OperationDefinitionNode

from cms.delivery.graphql.cost import Weights, weigh
from cms.delivery.graphql.errors import MAX_TOLD, Refused, invalid
from cms.delivery.graphql.limits import MAX_COMMENTS, MAX_LENGTH, MAX_TOKENS, check_limits
from cms.delivery.graphql.types.schema import Schema

__all__ = ["Document", "Kept", "prepare"]

MAX_KEPT = 1_000_000
"""Characters of all documents that are kept, together; their syntax trees take about 100 bytes for
each."""


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A document that may be executed. ``plans`` is for whoever executes it."""

    schema: Schema
    syntax: DocumentNode
    operation: OperationDefinitionNode
    fragments: Mapping[str, FragmentDefinitionNode]
    weights: Weights
    plans: dict[Any, Any] = field(default_factory=dict)

    def variables(self, given: Mapping[str, Any]) -> VariableValues:
        """The variables' values; raises Refused where they don't fit their types."""
        values = get_variable_values(
            self.schema.graphql,
            self.operation.variable_definitions or (),
            dict(given),
            max_errors=MAX_TOLD,
            hide_suggestions=not settings.CMS_GRAPHQL_INTROSPECTION,
        )
        if isinstance(values, list):
            raise invalid("INVALID_VARIABLES", values)
        return values


class Kept:
    """The documents that were used last, up to :data:`MAX_KEPT` characters of them."""

    def __init__(self, most: int = MAX_KEPT) -> None:
        self._most = most
        self._size = 0
        self._documents: OrderedDict[tuple[Any, ...], tuple[Document, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[Any, ...]) -> Document | None:
        """The document under a key."""
        with self._lock:
            found = self._documents.get(key)
            if found is None:
                return None
            self._documents.move_to_end(key)
            return found[0]

    def put(self, key: tuple[Any, ...], document: Document, size: int) -> None:
        """Keeps a document; those that weren't used for longest make room."""
        with self._lock:
            self._size -= self._documents.pop(key, (None, 0))[1]
            self._documents[key] = document, size
            self._size += size
            while self._size > self._most and len(self._documents) > 1:
                self._size -= self._documents.popitem(last=False)[1][1]

    def __len__(self) -> int:
        return len(self._documents)


_kept = Kept()


def prepare(text: str, schema: Schema) -> Document:
    """The document of a text, ready to be executed; raises Refused. No SQL."""
    introspection: bool = settings.CMS_GRAPHQL_INTROSPECTION
    key = (text, id(schema), introspection)
    document = _kept.get(key)
    if document is None or document.schema is not schema:
        document = _prepare(text, schema, introspection)
        _kept.put(key, document, len(text))
    return document


def _prepare(text: str, schema: Schema, introspection: bool) -> Document:
    if len(text) > MAX_LENGTH:
        raise Refused("LIMIT_EXCEEDED", "Too much: characters.", limit=MAX_LENGTH, found=len(text))
    try:
        syntax = parse(text, max_lexical_tokens=MAX_TOKENS, max_comments=MAX_COMMENTS)
    except GraphQLError as error:
        # Too many tokens and too deep a nesting are syntax errors as well, told by their end.
        too_much = error.message.endswith("aborted.") or not isinstance(error, GraphQLSyntaxError)
        raise invalid("LIMIT_EXCEEDED" if too_much else "SYNTAX_ERROR", [error]) from None
    operation = check_limits(syntax, introspection=introspection)
    errors = validate(
        schema.graphql, syntax, max_errors=MAX_TOLD, hide_suggestions=not introspection
    )
    if errors:
        raise invalid("INVALID_DOCUMENT", errors)
    fragments = {
        one.name.value: one for one in syntax.definitions if isinstance(one, FragmentDefinitionNode)
    }
    weights = weigh(schema, operation, fragments)
    return Document(schema, syntax, operation, fragments, weights)
