"""What is withdrawn is found nowhere from that moment on, however far the index is behind (N08)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import orjson
import pytest
import time_machine
from django.conf import LazySettings
from django.utils import timezone

from cms.pages.models import ContentPage
from cms.plugins.section.models import SectionPage
from tests.factories import make_private
from tests.fixtures.portal import Portal, publish
from tests.search.whole.conftest import Search

WORD = "zanzibarox"


def unpublish(page: ContentPage) -> None:
    page.unpublish()


def make_it_private(page: ContentPage) -> None:
    make_private(page)


def make_its_section_private(page: ContentPage) -> None:
    make_private(page.get_parent())


def delete(page: ContentPage) -> None:
    page.delete()


def move_below_a_private_page(page: ContentPage) -> None:
    hidden = publish(page.get_parent().get_parent(), SectionPage(title="Nội bộ"))
    make_private(hidden)
    page.move(SectionPage.objects.get(pk=hidden.pk), pos="last-child")


WITHDRAWALS = [unpublish, make_it_private, make_its_section_private, delete,
               move_below_a_private_page]  # fmt: skip


@pytest.mark.parametrize("withdraw", WITHDRAWALS)
def test_n08_a_withdrawn_page_is_in_no_answer_while_the_index_still_has_it(
    search: Search, portal: Portal, withdraw: Callable[[ContentPage], None]
) -> None:
    inner = publish(portal.news, SectionPage(title="Sự kiện"))
    page = portal.article(f"Bài {WORD}", parent=inner)
    portal.article(f"Bài khác {WORD}", parent=portal.texts)
    search.follow()
    assert search.ask(WORD)["total"] == 2
    withdraw(page)  # and the index isn't told
    answer = search.ask(WORD, facets="type,year,section", highlight="true")
    assert [item["title"] for item in answer["items"]] == [f"Bài khác {WORD}"]
    assert answer["total"] == 1
    assert sum(bucket["count"] for bucket in answer["facets"]["type"]) == 1
    assert [bucket["value"] for bucket in answer["facets"]["section"]] == ["/van-ban/"]
    assert search.suggest(f"bài {WORD[:6]}") == [f"Bài khác {WORD}"]


def test_n08_a_withdrawn_page_further_down_is_in_no_total(search: Search, portal: Portal) -> None:
    portal.article(WORD)
    page = portal.article(f"Một bài dài hơn, trong đó cũng có {WORD} ở đâu đó phía sau")
    search.follow()
    first = search.ask(WORD, limit=1, facets="type")
    assert ([item["title"] for item in first["items"]], first["total"]) == ([WORD], 2)
    page.unpublish()  # and the index isn't told
    answer = search.ask(WORD, limit=1, facets="type")
    assert (answer["total"], answer["next"]) == (1, None)
    assert [bucket["count"] for bucket in answer["facets"]["type"]] == [1]


def test_a_page_that_has_expired_is_gone_to_the_second(search: Search, portal: Portal) -> None:
    page = portal.article(f"Bài {WORD}")
    page.expire_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    search.follow()
    assert search.ask(WORD)["total"] == 1
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1)):
        answer = search.ask(WORD, facets="type")
    assert (answer["total"], answer["items"], answer["facets"]["type"]) == (0, [], [])


def test_the_type_of_a_disabled_plugin_is_neither_found_nor_counted(
    search: Search, portal: Portal, settings: LazySettings
) -> None:
    portal.article(f"Bài {WORD}")
    portal.document(abstract=WORD)
    search.follow()
    settings.CMS_DISABLED_PLUGINS = ["article"]
    answer = search.ask(WORD, facets="type")
    assert answer["total"] == 1
    assert [bucket["value"] for bucket in answer["facets"]["type"]] == ["official_document"]


def test_n02_what_is_not_delivered_is_not_searched(search: Search, portal: Portal) -> None:
    page = portal.article("Bài", search_description="Mô tả", owner=None)
    page.latest_revision.content["seo_title"] = WORD
    draft = portal.draft(f"Nháp {WORD}")
    page.title = f"Sửa đổi {WORD}"
    page.save_revision()  # a change that isn't published
    search.follow()
    answer = search.ask(WORD, highlight="true")
    assert (answer["total"], answer["items"]) == (0, [])
    assert WORD not in orjson.dumps({**answer, "did_you_mean": answer["did_you_mean"]}).decode()
    assert draft.pk


def test_answers_are_kept_by_no_cache(search: Search, portal: Portal) -> None:
    response = search.client.get("/api/v1/search", {"q": "bài"})
    assert "s-maxage=0" in response.headers["Cache-Control"]
