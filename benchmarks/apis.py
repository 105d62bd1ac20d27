"""What is asked of each interface, and how its answers are read to see that they are right."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from benchmarks import phrases
from benchmarks.content import issuer_of, make_plan, type_of
from benchmarks.sites import Kind, Site

__all__ = ["DETAILS", "GRAPHQL_LISTS", "LISTS", "PAGE_SIZE", "Interface", "Question", "our_list"]

PAGE_SIZE = 20
CARD = ("number", "document_type", "issuer", "issued_on", "abstract")
"""What a card has beside id, type, locale, address and title."""


@dataclass(frozen=True, slots=True)
class Question:
    """A path and the facts that must be read out of its answer, in this order."""

    path: str
    facts: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Interface:
    """One way to ask one kind of site. ``ask`` makes a question for an index of the content."""

    name: str
    kind: Kind
    ask: Callable[[Site, int], Question]
    read_facts: Callable[[Any], list[object]]

    def is_right(self, question: Question, body: bytes) -> bool:
        """Whether the answer's body says exactly what it should say."""
        return self.read_facts(json.loads(body)) == list(question.facts)


def _one(answer: Any) -> list[object]:
    """A page's title, issuer's and signer's names, and how many there are of all that it has."""
    several = [len(answer[name]) for name in ("topics", "recipients", "references", "body")]
    return [answer["title"], answer["issuer"]["name"], answer["signer"]["full_name"], *several]


def _items(answer: Any) -> list[object]:
    return [item["title"] for item in answer["items"]]


def _detail(pattern: str) -> Callable[[Site, int], Question]:
    def ask(site: Site, index: int) -> Question:
        plan = make_plan(index)
        facts = (
            plan.title,
            phrases.ORGANISATIONS[plan.issuer][1],
            phrases.PEOPLE[plan.signer][0],
            len(plan.topics),
            len(plan.recipients),
            len(plan.references),
            len(plan.body([0])),
        )
        return Question(pattern.format(site.ids["pages"][index]), facts)

    return ask


def _list_question(site: Site, pattern: Callable[[Site, int, int], str], index: int) -> Question:
    """The newest plans of the type and the issuer of plan ``index``."""
    same = [
        other
        for other in range(site.pages)
        if type_of(other) == type_of(index) and issuer_of(other) == issuer_of(index)
    ]
    newest = sorted(same, reverse=True)[:PAGE_SIZE]
    titles = tuple(make_plan(other).title for other in newest)
    return Question(pattern(site, type_of(index), issuer_of(index)), titles)


def _list(pattern: Callable[[Site, int, int], str]) -> Callable[[Site, int], Question]:
    return lambda site, index: _list_question(site, pattern, index)


def our_list(site: Site, kind: int, issuer: int, limit: int = PAGE_SIZE) -> str:
    """This project's list of cards."""
    query = {
        "type": "official_document",
        "filter[document_type][eq]": phrases.DOCUMENT_TYPES[kind][0],
        "filter[issuer][eq]": phrases.ORGANISATIONS[issuer][0],
        "sort": "-issued_on",
        "limit": limit,
    }
    return f"/api/v1/pages?{urlencode(query)}"


def _v2_list(root: str) -> Callable[[Site, int, int], str]:
    def path(site: Site, kind: int, issuer: int) -> str:
        query = {
            "type": "plain_wagtail.PlanPage",
            "document_type": phrases.DOCUMENT_TYPES[kind][0],
            "issuer": site.ids["issuers"][issuer],
            "order": "-issued_on",
            "limit": PAGE_SIZE,
            "fields": ",".join(("_", "id", "type", "locale", "html_url", "title", *CARD)),
        }
        return f"{root}?{urlencode(query)}"

    return path


def _v3_list(site: Site, kind: int, issuer: int) -> str:
    query = {
        "type": "plain_wagtail.PlanPage",
        "document_type": phrases.DOCUMENT_TYPES[kind][0],
        "issuer": site.ids["issuers"][issuer],
        "order": "-issued_on",
        "limit": PAGE_SIZE,
    }
    return f"/api/v3/pages/?{urlencode(query)}"


def _graphql(field: str, items: str, address: str) -> Callable[[Site, int], Question]:
    """The newest plans of all, which is what a list of grapple's can be asked for.

    Each query has a text of its own, as what people write by hand has: nobody has seen it before.
    """

    def ask(site: Site, index: int) -> Question:
        card = f"id title {address} number documentType issuedOn abstract issuer {{ code name }}"
        selection = f"{{ {items} {{ {card} }} }}" if items else f"{{ {card} }}"
        query = f"query Newest{index} {{ plans: {field} {selection} }}"
        newest = range(site.pages - 1, site.pages - 1 - PAGE_SIZE, -1)
        titles = tuple(make_plan(other).title for other in newest)
        return Question(f"/graphql/?{urlencode({'query': query})}", titles)

    return ask


def _our_nodes(answer: Any) -> list[object]:
    return [item["title"] for item in answer["data"]["plans"]["nodes"]]


def _their_plans(answer: Any) -> list[object]:
    return [item["title"] for item in answer["data"]["plans"]]


DETAILS: Sequence[Interface] = (
    Interface("ours", "ours", _detail("/api/v1/pages/{}"), _one),
    Interface("v2", "plain", _detail("/api/v2/pages/{}/"), _one),
    Interface("v2, compact JSON", "plain", _detail("/api/v2-compact/pages/{}/"), _one),
    Interface("v3", "plain", _detail("/api/v3/pages/{}/"), _one),
)
LISTS: Sequence[Interface] = (
    Interface("ours", "ours", _list(our_list), _items),
    Interface("v2", "plain", _list(_v2_list("/api/v2/pages/")), _items),
    Interface("v2, compact JSON", "plain", _list(_v2_list("/api/v2-compact/pages/")), _items),
    # v3's lists give id, title and meta alone, whatever api_fields say: less than the others.
    Interface("v3, base fields", "plain", _list(_v3_list), _items),
)
GRAPHQL_LISTS: Sequence[Interface] = (
    Interface(
        "ours",
        "ours",
        _graphql(f"officialDocuments(first: {PAGE_SIZE}, sort: [ISSUED_ON_DESC])", "nodes", "path"),
        _our_nodes,
    ),
    Interface(
        "grapple",
        "grapple",
        _graphql(f'plans(limit: {PAGE_SIZE}, order: "-issued_on")', "", "url"),
        _their_plans,
    ),
)
