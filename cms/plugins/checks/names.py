"""Checks of the names that plugins share: types, GraphQL names, blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.checks import CheckMessage
from wagtail import blocks

from cms.pages.blocks.base import UnavailableBlock
from cms.pages.exposed import JsonSchema
from cms.pages.kinds import BLOCK_KINDS, Definitions
from cms.pages.schemas import page_schema
from cms.plugins.checks.catalogue import problem
from cms.plugins.checks.walk import exposed_places, walk_blocks
from cms.plugins.registry import ContentType, DuplicateNameError

__all__ = ["check_blocks", "check_shapes", "check_type_names"]


def check_type_names(
    mine: Iterable[ContentType], every: Sequence[ContentType]
) -> Iterator[CheckMessage]:
    """No type of ``mine`` has the public name or the GraphQL name of anything else.

    Between plugins that are really installed the registry raises first, at start-up.
    """
    for content_type in mine:
        others = (other for other in every if other.model is not content_type.model)
        for other in others:
            if other.name == content_type.name:
                yield problem(
                    "cms.E025",
                    f"{content_type.name!r} of plugin {content_type.plugin!r} and of plugin "
                    f"{other.plugin!r}.",
                    hint="Rename the model, or set public_name on it.",
                    obj=content_type.model,
                )
            elif other.graphql_name == content_type.graphql_name:
                yield _same_graphql_name(content_type, f"type of plugin {other.plugin!r}")


def _same_graphql_name(content_type: ContentType, other: str) -> CheckMessage:
    return problem(
        "cms.E026",
        f"{content_type.graphql_name!r} is the type {content_type.name!r} of plugin "
        f"{content_type.plugin!r}, and a {other}.",
        hint="Rename the model.",
        obj=content_type.model,
    )


def check_shapes(content_type: ContentType) -> Iterator[CheckMessage]:
    """A page's GraphQL name is none of the shapes that the page is made of.

    The type's fields and blocks must have passed their own checks.
    """
    defs = Definitions()
    try:
        page_schema(content_type, defs)
    except DuplicateNameError as error:
        yield problem(
            "cms.E054",
            str(error),
            hint="Rename one of them.",
            obj=content_type.model,
        )
    if content_type.graphql_name in {*defs.schemas, "Card", "Image", "File", "UnavailableBlock"}:
        yield _same_graphql_name(content_type, "shape of a field or a block")


@dataclass(frozen=True, slots=True)
class _Use:
    """Where a block name stands for a shape."""

    plugin: str
    path: str
    shape: JsonSchema
    content_type: ContentType


def check_blocks(
    mine: Sequence[ContentType], every: Sequence[ContentType]
) -> Iterator[CheckMessage]:
    """A block name stands for one shape, whoever uses it."""
    first: dict[str, _Use] = {}
    shapes: dict[int, JsonSchema | None] = {}
    own = {t.model for t in mine}
    for content_type in [*(t for t in every if t.model not in own), *mine]:
        for name, use in _uses(content_type, shapes):
            known = first.setdefault(name, use)
            if known.shape != use.shape:
                yield problem(
                    "cms.E054",
                    f"{name!r} at {use.path} of plugin {use.plugin!r} differs from the one at "
                    f"{known.path} of plugin {known.plugin!r}.",
                    hint="Rename one of them: clients know a block by its name.",
                    obj=use.content_type.model,
                )
                return


def _uses(
    content_type: ContentType, shapes: dict[int, JsonSchema | None]
) -> Iterator[tuple[str, _Use]]:
    for place in exposed_places(content_type.model):
        if place.exposed.computed or place.stream_block is None:
            continue
        for found in walk_blocks(place.stream_block, str(place)):
            if not isinstance(found.block, blocks.StreamBlock):
                continue
            for name, child in found.block.child_blocks.items():
                shape = _shape(child, shapes)
                if shape is not None:
                    use = _Use(content_type.plugin, f"{found.path}.{name}", shape, content_type)
                    yield name, use


def _shape(block: Any, shapes: dict[int, JsonSchema | None]) -> JsonSchema | None:
    """The schema of a block's value; None for a stand-in, or where a kind is missing."""
    if isinstance(block, UnavailableBlock):
        return None
    if id(block) not in shapes:
        inner = (found.block for found in walk_blocks(block, ""))
        known = all(BLOCK_KINDS.find(b) for b in inner if not isinstance(b, UnavailableBlock))
        shapes[id(block)] = BLOCK_KINDS.get(block).schema(block, Definitions()) if known else None
    return shapes[id(block)]
