"""Turns the provisions that were read from a text into the blocks of a body."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Any

from cms.plugins.api import DocumentBodyBlock, Json, provisions

__all__ = ["body_blocks"]

_MAX_HEADING = 500
_BASIS = "Căn cứ "


def body_blocks(document: provisions.ParsedDocument) -> list[Json]:
    """The blocks of a document's body, with the numbers as printed.

    A provision that may not stand below the one that it follows (khoản 1.1 below khoản 1) comes
    right behind it, so that the order of reading stays and no line is lost.
    """
    basis = [node for node in document.preamble if node.text.startswith(_BASIS)]
    blocks: list[Json] = []
    rest: Sequence[provisions.Provision] = document.children
    if basis:
        head = document.preamble
        blocks += [_basis(node) if node in basis else _paragraph(node) for node in head]
        rest = document.children[len(head) :]
    stream = DocumentBodyBlock()
    while rest:
        placed, rest = _place(rest, stream)
        blocks += placed
        if rest:  # a level that no body has: its words stand as a paragraph
            blocks += [_plain(rest[0])]
            rest = [*rest[0].children, *rest[1:]]
    return blocks


def _place(
    nodes: Sequence[provisions.Provision], stream: Any
) -> tuple[list[Json], Sequence[provisions.Provision]]:
    """The blocks of the nodes as far as they may stand in the stream, and the nodes that remain."""
    blocks: list[Json] = []
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if node.level == "paragraph":
            blocks.append(_paragraph(node))
        elif node.level == "bullet":
            blocks.append({"type": "bullet", "value": {"text": _bullet(node)}})
        elif node.level not in stream.child_blocks:
            return blocks, [node, *reversed(waiting)]
        else:
            block, remaining = _provision(node, stream.child_blocks[node.level])
            blocks.append(block)
            waiting += reversed(remaining)
    return blocks, []


def _provision(
    node: provisions.Provision, block: Any
) -> tuple[Json, Sequence[provisions.Provision]]:
    below, remaining = _place(node.children, block.child_blocks["items"])
    heading, text = node.heading, node.text
    if len(heading) > _MAX_HEADING:
        heading, text = "", f"{heading} {text}".strip()
    value: dict[str, Json] = {
        "number": node.number,
        "heading": heading,
        "text": _html(text) if text else "",
        "items": below,
    }
    return {"type": node.level, "value": value}, remaining


def _basis(node: provisions.Provision) -> Json:
    return {"type": "legal_basis", "value": {"text": node.text}}


def _paragraph(node: provisions.Provision) -> Json:
    return {"type": "paragraph", "value": _html(node.text)}


def _plain(node: provisions.Provision) -> Json:
    words = " ".join(part for part in (node.number, node.heading, node.text) if part)
    return {"type": "paragraph", "value": _html(words)}


def _bullet(node: provisions.Provision) -> str:
    """A dash point; those below it, which have another sign, as a list in it."""
    return _html(node.text or node.heading) + _inner(node.children)


def _inner(nodes: Iterable[provisions.Provision]) -> str:
    points = [node for node in nodes if node.level == "bullet"]
    words = [_html(node.text) for node in nodes if node.level != "bullet"]
    items = "".join(
        f"<li>{html.escape(node.text or node.heading, quote=False)}{_inner(node.children)}</li>"
        for node in points
    )
    return "".join(words) + (f"<ul>{items}</ul>" if items else "")


def _html(text: str) -> str:
    return f"<p>{html.escape(text, quote=False)}</p>"
