"""What was found in a page, marked in its words as they are now."""

from __future__ import annotations

from typing import Any

import orjson

from cms.delivery.search.searching import SearchResult
from cms.delivery.stored import Stored
from cms.plugins.registry import registry
from search.glossary import analyser_of
from search.highlighting import Highlighter
from search.texts import searched_texts

__all__ = ["highlights"]


def highlights(result: SearchResult, rows: list[Stored]) -> list[dict[str, Any]]:
    """For each row its title and the best snippet of its text, as HTML that is safe as it is."""
    highlighter = Highlighter(result.query, analyser_of(result.locale))
    return [_highlight(highlighter, result, row) for row in rows]


def _highlight(highlighter: Highlighter, result: SearchResult, row: Stored) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(result.answered.bodies[row.pk])
    texts = searched_texts(registry.get(row.type), document)
    snippet = highlighter.snippet([one.text for one in texts if not one.is_title])
    return {"title": highlighter.mark(document["title"]), "text": [snippet] if snippet else []}
