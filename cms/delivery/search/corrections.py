"""What a reader may have meant who found nothing, in the site's own words."""

from __future__ import annotations

from typing import Any

import orjson

from cms.delivery.search.answer import Answered, ask
from cms.delivery.search.parameters import SearchParameters
from cms.delivery.search.searching import SearchResult, first_request, read_query
from cms.plugins.registry import registry
from search.contract import EngineError
from search.correction import correct, restore_marks
from search.engines import current_engines
from search.glossary import analyser_of
from search.texts import searched_texts

__all__ = ["did_you_mean"]

_SAMPLES = 5
"""Pages that the corrected query finds, from which its spelling is taken."""


def did_you_mean(result: SearchResult, parameters: SearchParameters) -> str | None:
    """A query that finds something, where the one that was typed has no page with enough words.

    Only words that the reader may see are told: the spelling is that of pages behind the gate.
    """
    if result.answered.total and not result.loose:
        return None
    analyser = analyser_of(result.locale)
    try:
        folded = correct(result.query, analyser, current_engines().embedded)
    except EngineError:
        return None
    if folded is None:
        return None
    query = read_query(folded, result.locale)
    answered = ask(first_request(query, parameters, limit=_SAMPLES), bodies=True)
    if not answered.rows:
        return None
    spelled = restore_marks(folded, _texts(answered))
    return spelled if spelled != result.query.text else None


def _texts(answered: Answered) -> list[str]:
    texts: list[str] = []
    for row in answered.rows:
        document: dict[str, Any] = orjson.loads(answered.bodies[row.pk])
        texts += [one.text for one in searched_texts(registry.get(row.type), document)]
    return texts
