"""The admin's index: it follows the content, takes any text, and brings old entries up to date."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry
from wagtail.search.query import MATCH_ALL, And, Boost, Fuzzy, Or, Phrase, PlainText
from wagtail.search.utils import parse_query_string

from cms.changes.duties import run_duty
from cms.pages.models import Topic
from cms.translation.models import GlossaryTerm
from search.admin import index
from search.admin.filling import FillEntries
from search.admin.renewal import RenewEntries
from search.admin.words import stored_words
from search.models import Abbreviation
from tests.fixtures.portal import Portal, make_portal

OPERATORS = st.sampled_from(
    ['"', "'", "*", "(", ")", ":", "^", "-", "+", "&", "|", "!", "<->", "\\", "%", "%s", "{", "}",
     " AND ", " OR ", " NOT ", " NEAR(", "title:", "\0", "\ud800", "\n", "60", "/KH", "ố", "́", "_"]
)  # fmt: skip
TYPED = st.lists(OPERATORS | st.text(max_size=8), max_size=12).map("".join)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def typed(query: Any, model: Any = Topic) -> list[Any]:
    """What is found while a query is typed."""
    return list(get_search_backend().autocomplete(query, model))


@pytest.fixture
def topic(db: None) -> Topic:
    """A topic, indexed."""
    topic: Topic = Topic.objects.create(name="Kế hoạch số 60", slug="60")
    get_search_backend().add(topic)
    return topic


@QUICK
@given(query=TYPED)
def test_no_query_is_an_error(topic: Topic, query: str) -> None:
    backend = get_search_backend()
    for search in (backend.autocomplete, backend.search):
        for operator in ("and", "or"):
            list(search(query, Topic, operator=operator))
        list(search(Phrase(query), Topic))
        list(search(parse_query_string(query, operator="and", zero_terms=MATCH_ALL)[1], Topic))
        assert list(search(query, Topic, order_by_relevance=False)) == list(search(query, Topic))


@pytest.mark.parametrize(
    "query",
    ["a" * 1_000_000, "a " * 500_000, '"' * 100_000, "(" * 100_000, "99/" * 300_000, "\0" * 1_000],
    ids=["a word", "words", "quotes", "brackets", "slashes", "null characters"],
)
def test_a_huge_query_is_answered(topic: Topic, query: str) -> None:
    assert typed(query) == []


@QUICK
@given(name=TYPED)
def test_a_record_is_found_by_its_whole_name_whatever_that_is(topic: Topic, name: str) -> None:
    topic.name = name
    get_search_backend().add(topic)
    found = typed(name[:100])
    assert found == ([topic] if stored_words([name[:100]], []) else [])


HUGE = {
    "one phrase": "kế hoạch " * 50_000,
    "one word": "x" * 1_000_000,
    "numbers": " ".join(map(str, range(90_000))),
    "document numbers": "".join(f"{number}/A " for number in range(60_000)),
    "words of three bytes a letter": " ".join(
        chr(0x4E00 + number // 200) + chr(0x4E00 + number % 200) for number in range(70_000)
    ),
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_a_huge_text_is_indexed(topic: Topic, text: str) -> None:
    topic.name = text
    get_search_backend().add(topic)
    assert typed(text[:60]) == [topic]


def test_queries_are_combined(topic: Topic) -> None:
    other = Topic.objects.create(name="Báo cáo", slug="bao-cao")
    get_search_backend().add(other)
    plan, report = PlainText("kế hoạch"), PlainText("báo cáo")
    assert set(typed(Or([plan, report]))) == {topic, other}
    assert typed(And([plan, report])) == typed(And([plan, ~MATCH_ALL])) == []
    assert typed(And([Boost(plan, 2.0), MATCH_ALL])) == [topic]
    assert set(typed(Or([plan, MATCH_ALL]))) == set(typed(MATCH_ALL)) == {topic, other}
    assert typed(~MATCH_ALL) == typed("") == typed("…") == []
    for query in (~plan, Fuzzy("ke")):
        with pytest.raises(NotImplementedError, match="not supported"):
            typed(query)


def test_results_are_counted_scored_and_faceted(portal: Portal) -> None:
    pages = [portal.article("Mật ong"), portal.document("1/MO-NG", abstract="Mật ong")]
    for page in pages:
        get_search_backend().add(page)
    found = get_search_backend().autocomplete("mat ong", Page).annotate_score("score")
    assert found.count() == 2
    scores = [page.score for page in found]
    assert scores == sorted(scores, reverse=True)
    assert found.facet("content_type_id") == {page.content_type_id: 1 for page in pages}


@pytest.mark.django_db(transaction=True)
def test_the_index_follows_what_is_saved_deleted_and_rolled_back() -> None:
    portal = make_portal()
    page = portal.article("Chợ phiên cuối tuần")
    assert typed("cho phien", Page) == [Page.objects.get(pk=page.pk)]
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        page.title = "Hội chợ mùa xuân"
        page.save()
        raise ZeroDivisionError
    assert typed("hoi cho mua xuan", Page) == []
    page.delete()
    assert typed("cho phien", Page) == []


def test_entries_of_other_rules_are_renewed(topic: Topic, monkeypatch: pytest.MonkeyPatch) -> None:
    IndexEntry.objects.update(title="", title_norm=1.3)  # as another backend leaves it
    assert typed("ke hoach") == []
    duty = RenewEntries()
    assert run_duty(duty) == 1
    assert typed("ke hoach") == [topic]
    assert run_duty(duty) == 0
    monkeypatch.setattr(index, "RULES", -1)
    assert run_duty(RenewEntries()) == 1


def test_an_entry_whose_object_is_gone_is_removed(topic: Topic) -> None:
    Topic.objects.all()._raw_delete("default")  # no signal is sent
    IndexEntry.objects.update(title_norm=1.3)
    assert run_duty(RenewEntries()) == 1
    assert not IndexEntry.objects.exists()


def test_rows_that_a_migration_brought_are_found(db: None) -> None:
    shipped = GlossaryTerm.objects.get(source="ban kiểm soát")
    assert typed("ban kiểm soát", GlossaryTerm) == []
    duty = FillEntries()
    while run_duty(duty):
        pass
    assert shipped in typed("ban kiểm soát", GlossaryTerm)
    assert typed("HTX", Abbreviation) != []
    assert run_duty(FillEntries()) == 0
