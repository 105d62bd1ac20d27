"""Executes a document that is ready: in waves, one query for all pages of a wave.

The values are finished JSON, so that executing is choosing: an object's keys are copied as its plan
says. Where a page is reached of which more is asked for than is at hand (its card, or its id
alone), its place is left open; when everything else of a wave is done, the pages of all open places
are loaded together, and what is selected of them is the next wave (ADR 13). What is made of whole
documents (JSON-LD) comes last, once for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graphql import execute_sync
from graphql.language import DocumentNode, OperationDefinitionNode, SelectionSetNode

from cms.delivery.graphql.documents import Document
from cms.delivery.graphql.errors import Refused, error_of
from cms.delivery.graphql.plans import Plans, Step, roots
from cms.delivery.graphql.reading import Reading
from cms.delivery.graphql.types.readers import RootReader, Unloaded
from cms.delivery.linked_data import linked_data

__all__ = ["Result", "execute"]

MAX_PAGES = 3_000
"""Pages in one answer, each time that one stands in it."""

_GONE: Any = object()
"""Stands in a list for a page that the public may not see any more."""


class _Open(NamedTuple):
    """A page's place in the answer, to be filled when the page is loaded."""

    holder: Any
    place: Any
    page_id: int
    step: Step


@dataclass(slots=True)
class Result:
    """The answer's ``data`` and ``errors``, and what it was read through."""

    data: dict[str, Any] = field(default_factory=dict)
    errors: list[dict[str, Any]] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)


def execute(document: Document, variables: Any, given: Mapping[str, Any]) -> Result:
    """Executes the document's query.

    ``variables`` are the coerced values, ``given`` the raw ones. An error of a root field is its
    own: the field is null, and the others are answered.
    """
    result = Result()
    plans = Plans.of(document, variables)
    for step, reader in roots(plans):
        try:
            result.data[step.key] = None
            if reader is not None:
                result.data[step.key] = _Field(plans, result.reading).answer(step, reader)
            elif step.kind == "introspection":
                result.data[step.key] = _introspect(document, step, given)
            else:
                result.data[step.key] = step.read(None)
        except Exception as error:  # noqa: BLE001 - error_of logs whatever isn't expected
            result.errors.append(error_of(error, [step.key]))
    return result


def _introspect(document: Document, step: Step, given: Mapping[str, Any]) -> Any:
    """What the schema says of itself, by graphql-core."""
    own = document.operation
    operation = OperationDefinitionNode(
        operation=own.operation,
        variable_definitions=own.variable_definitions,
        selection_set=SelectionSetNode(selections=(step.node,)),
    )
    syntax = DocumentNode(definitions=(operation, *document.fragments.values()))
    found = execute_sync(
        document.schema.graphql, syntax, variable_values=dict(given), root_value={}
    )
    if found.errors:
        raise found.errors[0]
    return (found.data or {})[step.key]


class _Field:
    """The execution of one root field."""

    def __init__(self, plans: Plans, reading: Reading) -> None:
        self._plans = plans
        self._reading = reading
        self._members = plans.document.schema.members
        self._open: list[_Open] = []
        self._lists: list[list[Any]] = []
        self._undescribed: list[tuple[dict[str, Any], str, Mapping[str, Any]]] = []
        self._pages = 0

    def answer(self, step: Step, reader: RootReader) -> Any:
        """The field's value."""
        if step.field is None:
            return None
        arguments = self._plans.arguments(step.field, step.node)
        value = reader.resolve(self._reading, arguments, self._selected(step))
        holder: dict[str, Any] = {}
        holder["value"] = self._complete(value, step.lists, step, holder, "value")
        while self._open:
            wave, self._open = self._open, []
            self._fill(wave)
        self._describe()
        for one in self._lists:
            one[:] = [item for item in one if item is not _GONE]
        return holder["value"]

    def _selected(self, step: Step) -> frozenset[str]:
        """What is selected below the field, two levels: ``edges``, ``edges.cursor``."""
        names: set[str] = set()
        for one in self._below(step):
            name = one.node.name.value
            names.add(name)
            names.update(f"{name}.{inner.node.name.value}" for inner in self._below(one))
        return frozenset(names)

    def _below(self, step: Step) -> tuple[Step, ...]:
        return self._plans.steps(step.type_name, step.selections) if step.kind == "object" else ()

    def _project(self, source: Any, type_name: str, selections: Any) -> dict[str, Any]:
        """An object of the answer."""
        out: dict[str, Any] = {}
        for step in self._plans.steps(type_name, selections):
            value = step.read(source)
            if value is None:
                if not step.nullable:
                    raise ValueError(f"{type_name}.{step.node.name.value} has no value.")
                out[step.key] = None
            elif step.kind == "leaf":
                out[step.key] = value
            elif step.kind == "json_ld":
                out[step.key] = None
                self._undescribed.append((out, step.key, source))
            else:
                out[step.key] = None
                out[step.key] = self._complete(value, step.lists, step, out, step.key)
        return out

    def _complete(self, value: Any, lists: int, step: Step, holder: Any, place: Any) -> Any:
        if value is None or step.kind == "leaf":
            return value
        if lists:
            items: list[Any] = [None] * len(value)
            for index, item in enumerate(value):
                items[index] = self._complete(item, lists - 1, step, items, index)
            if step.kind == "page":
                self._lists.append(items)
            return items
        if step.kind == "object":
            return self._project(value, step.type_name, step.selections)
        if step.kind == "union":
            type_name = self._members[step.type_name][value["type"]]
            return self._project(value, type_name, step.selections)
        return self._page(value, step, holder, place)

    def _page(self, value: Any, step: Step, holder: Any, place: Any) -> Any:
        """A page that is at hand, else None for now."""
        self._pages += 1
        if self._pages > MAX_PAGES:
            raise Refused("LIMIT_EXCEEDED", "Too much: pages in one answer.", limit=MAX_PAGES)
        if isinstance(value, Unloaded):
            self._open.append(_Open(holder, place, value.id, step))
            return None
        type_name = self._members["Page"].get(value["type"])
        if type_name is None:  # out of use since the document was built
            return _gone_from(holder)
        if not self._plans.has_all(type_name, step.selections, frozenset(value)):
            self._open.append(_Open(holder, place, value["id"], step))
            return None
        return self._project(value, type_name, step.selections)

    def _fill(self, wave: list[_Open]) -> None:
        """Loads the pages of a wave and completes them."""
        whole = [not self._plans.fits_card(one.step.type_name, one.step.selections) for one in wave]
        bodies = [one.page_id for one, is_whole in zip(wave, whole, strict=True) if is_whole]
        cards = [one.page_id for one, is_whole in zip(wave, whole, strict=True) if not is_whole]
        documents = self._reading.load(cards, "card") if cards and not bodies else {}
        if bodies:
            documents = self._reading.load([*bodies, *cards], "body")
        for one in wave:
            document = documents.get(one.page_id)
            type_name = self._members["Page"].get(document["type"]) if document else None
            if document is None or type_name is None:
                one.holder[one.place] = _gone_from(one.holder)
            else:
                one.holder[one.place] = self._project(document, type_name, one.step.selections)

    def _describe(self) -> None:
        """Fills in the JSON-LD of all pages that it is asked of."""
        documents = {document["id"]: document for _, _, document in self._undescribed}
        described = dict(zip(documents, linked_data([*documents.values()]), strict=True))
        for data in described.values():
            self._reading.note(data.tags, data.until)
            self._reading.shared &= data.complete
        for out, key, document in self._undescribed:
            out[key] = described[document["id"]].text


def _gone_from(holder: Any) -> Any:
    """What stands where a page was: null in an object, nothing in a list."""
    return _GONE if isinstance(holder, list) else None
