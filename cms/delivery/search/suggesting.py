"""Suggestions: pages whose title or number goes on like what was typed."""

from __future__ import annotations

from django.conf import settings

from cms.delivery.search.answer import Answered, ask
from cms.delivery.search.conditions import always, chosen_types
from cms.delivery.search.parameters import SuggestParameters
from cms.delivery.search.searching import read_query
from search.contract import Request
from search.nodes import Both, Node, Terms
from search.query import build_suggestion_tree

__all__ = ["run_suggest"]


def run_suggest(parameters: SuggestParameters) -> Answered:
    """The suggestions for what was typed so far; raises Problem."""
    locale = parameters.locale or settings.LANGUAGE_CODE
    types = chosen_types(parameters)
    tree = build_suggestion_tree(read_query(parameters.q, locale))
    filters: dict[str, Node] = {}
    if parameters.type is not None:
        filters["type"] = Terms("type", tuple(one.name for one in types))
    request = Request(
        query=Both(must=(tree,), filters=(always(parameters.within),)),
        locales=(locale,),
        filters=filters,
        limit=parameters.limit,
        count=False,
    )
    return ask(request)
