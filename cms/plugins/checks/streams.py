"""Checks of the blocks in exposed StreamFields."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.core.checks import CheckMessage
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from cms.pages.blocks.base import KeepingStreamBlock, UnavailableBlock
from cms.pages.kinds import BLOCK_KINDS
from cms.plugins.checks.catalogue import problem
from cms.plugins.checks.walk import BlockPlace, FieldPlace, exposed_places, is_atom, walk_blocks

__all__ = ["check_streams"]

# What wagtail-localize takes text from (its segments/extract.py); any other class it passes over
# without a word, unless the class says itself what its text is.
_EXTRACTED = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.BlockQuoteBlock,
    blocks.RichTextBlock,
    blocks.StructBlock,
    blocks.ListBlock,
    blocks.StreamBlock,
    ImageBlock,
)


def check_streams(model: type[Any]) -> Iterator[CheckMessage]:
    """Every block of a model's exposed StreamFields; one report for each block that fails."""
    for place in exposed_places(model):
        if place.exposed.computed or place.stream_block is None:
            continue
        seen: set[tuple[str, int]] = set()
        for found in walk_blocks(place.stream_block, str(place)):
            for message in _check_block(place, found):
                key = (str(message.id), id(found.block))
                if key not in seen:
                    seen.add(key)
                    yield message


def _check_block(place: FieldPlace, found: BlockPlace) -> Iterator[CheckMessage]:
    block, cls = found.block, type(found.block)
    if isinstance(block, UnavailableBlock):
        return
    if isinstance(block, blocks.RawHTMLBlock):
        yield problem(
            "cms.E052",
            f"{found.path}.",
            hint="Use a block that says what it holds: raw HTML can be neither cleaned, "
            "searched nor translated.",
            obj=place.model,
        )
        return
    if isinstance(block, blocks.StreamBlock) and not _keeps(block):
        yield problem(
            "cms.E051",
            f"{found.path} is a {cls.__name__}.",
            hint="Derive it from BodyBlock, or from KeepingStreamBlock with a child called "
            "'unavailable': else a save while a plugin is away loses that plugin's blocks.",
            obj=place.model,
        )
    if unknown := sorted(set(untranslated(block)) - set(getattr(block, "child_blocks", ()))):
        yield problem(
            "cms.E055",
            f"{found.path} names {', '.join(unknown)} in Meta.untranslated.",
            hint=f"It has {', '.join(getattr(block, 'child_blocks', ())) or 'no children'}.",
            obj=place.model,
        )
    kind = BLOCK_KINDS.find(block)
    if kind is None or not _is_deliverable(block):
        yield problem(
            "cms.E050",
            f"{found.path} is a {cls.__module__}.{cls.__qualname__}.",
            hint="Register a kind for the block's class in the plugin's kinds.py.",
            obj=place.model,
        )
    elif place.exposed.translate and (fault := _hidden_from_translators(found)):
        yield problem(
            "cms.E053",
            f"{found.path} {fault}.",
            hint="Put the text into blocks that wagtail-localize reads, or give the block "
            "get_translatable_segments() and restore_translated_segments().",
            obj=place.model,
        )


def untranslated(block: Any) -> tuple[str, ...]:
    """The children that a block declares to be the same in every language."""
    return tuple(getattr(block.meta, "untranslated", ()))


def _keeps(block: Any) -> bool:
    unavailable = block.child_blocks.get("unavailable")
    return isinstance(block, KeepingStreamBlock) and isinstance(unavailable, UnavailableBlock)


def _is_deliverable(block: Any) -> bool:
    """A chooser's target must be something that documents can hold."""
    from cms.pages.models import ContentSnippet

    if isinstance(block, blocks.ChooserBlock) and type(BLOCK_KINDS.find(block)).__name__ == (
        "SnippetKind"
    ):
        return issubclass(block.target_model, ContentSnippet)
    return True


def _hidden_from_translators(found: BlockPlace) -> str:
    """Why translators would miss the block's text; empty when they see it or there is none."""
    block = found.block
    if hasattr(block, "get_translatable_segments") or not _holds_text(block):
        return ""
    way = (*found.ancestors, block)
    if any(
        inner is outer.child_blocks.get(name)
        for outer, inner in pairwise(way)
        for name in untranslated(outer)
    ):
        return ""
    if any(hasattr(outer, "get_translatable_segments") for outer in found.ancestors):
        return ""
    if not isinstance(block, _EXTRACTED):
        return f"is a {type(block).__name__}, which wagtail-localize passes over"
    if isinstance(block, blocks.ListBlock | ImageBlock) and _is_struct_in_struct(found.ancestors):
        return "stands in a struct in a struct, where wagtail-localize loses it"
    return ""


def _is_struct_in_struct(ancestors: tuple[Any, ...]) -> bool:
    """Below a struct that is itself a struct's child, lists arrive without their stored form."""
    return len(ancestors) > 1 and all(
        isinstance(block, blocks.StructBlock) for block in ancestors[-2:]
    )


def _holds_text(block: Any) -> bool:
    if is_atom(block):
        return True  # an image's alternative text
    for found in walk_blocks(block, ""):
        kind = BLOCK_KINDS.find(found.block)
        if kind is not None and kind.translatable:
            return True
    return False
