"""What the hot path answers from memory: the same as Django, without asking the database."""

from __future__ import annotations

from datetime import timedelta

import brotli  # type: ignore[import-untyped]  # has no types
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale

from cms.delivery.models import Menu
from tests.fixtures.portal import Portal
from tests.hot.conftest import Hot, ask


def test_a_second_read_asks_neither_django_nor_the_database(hot: Hot, portal: Portal) -> None:
    page = portal.article("Đại hội")
    path = f"/api/v1/pages/{page.pk}"
    first = hot.get(path)
    with CaptureQueriesContext(connection) as queries:
        second = hot.get(path)
    assert (first.status, second.status) == (200, 200)
    assert not first.is_hit
    assert second.is_hit
    assert len(queries) == 0
    assert len(hot.asked_django) == 1
    assert second.body == first.body
    assert second.headers["etag"] == first.headers["etag"]


@pytest.mark.parametrize(
    "path",
    ["pages", "types", "types/article", "menus/main", "site", "openapi.json",
     "resolve?path=/tin-tuc/", "pages?type=article&sort=title&limit=5&count=exact"],
)  # fmt: skip
def test_every_public_endpoint_is_answered_from_memory(hot: Hot, portal: Portal, path: str) -> None:
    Menu.objects.create(title="Chính", handle="main", locale=Locale.get_default())
    address, _, query = path.partition("?")
    first = hot.get(f"/api/v1/{address}", query)
    second = hot.get(f"/api/v1/{address}", query)
    assert first.status == 200
    assert second.is_hit
    assert second.body == first.body


@pytest.mark.parametrize("path", ["changes", "redirects", "pages/987654", "resolve?path=/x/"])
def test_what_has_no_tags_is_never_kept(hot: Hot, path: str) -> None:
    address, _, query = path.partition("?")
    for _ in range(2):
        assert "cache-status" not in hot.get(f"/api/v1/{address}", query).headers


def test_the_order_of_parameters_does_not_matter(hot: Hot) -> None:
    hot.get("/api/v1/pages", "type=article&limit=5")
    assert hot.get("/api/v1/pages", "limit=5&type=article").is_hit


def test_a_known_etag_is_answered_without_a_body(hot: Hot, portal: Portal) -> None:
    path = f"/api/v1/pages/{portal.news.pk}"
    etag = hot.get(path).headers["etag"]
    for known in (etag, f"W/{etag}", f'"x", {etag}', "*"):
        answer = hot.get(path, HTTP_IF_NONE_MATCH=known)
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["etag"] == etag
        assert "content-length" not in answer.headers
        assert answer.headers["vary"]
    assert len(hot.asked_django) == 1


def test_the_first_reader_may_know_the_answer_already(hot: Hot, portal: Portal) -> None:
    path = f"/api/v1/pages/{portal.news.pk}"
    etag = ask(hot.path._application, path).headers["etag"]
    assert hot.get(path, HTTP_IF_NONE_MATCH=etag).status == 304
    assert hot.get(path).is_hit


def test_an_answer_that_is_not_kept_has_its_condition_too(hot: Hot) -> None:
    etag = hot.get("/api/v1/changes").headers["etag"]
    answer = hot.get("/api/v1/changes", HTTP_IF_NONE_MATCH=etag)
    assert (answer.status, answer.body) == (304, b"")


def test_brotli_has_an_etag_of_its_own(hot: Hot, portal: Portal) -> None:
    page = portal.article("Bài", lead="Lời dẫn " * 200)
    path = f"/api/v1/pages/{page.pk}"
    plain = hot.get(path)
    packed = hot.get(path, HTTP_ACCEPT_ENCODING="gzip, deflate, br, zstd")
    assert packed.headers["content-encoding"] == "br"
    assert brotli.decompress(packed.body) == plain.body
    assert int(packed.headers["content-length"]) == len(packed.body) < len(plain.body)
    assert packed.headers["etag"] != plain.headers["etag"]
    assert "accept-encoding" in packed.headers["vary"].lower()
    known = hot.get(path, HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=packed.headers["etag"])
    assert known.status == 304


def test_head_has_the_headers_of_get(hot: Hot, portal: Portal) -> None:
    path = f"/api/v1/pages/{portal.news.pk}"
    for _ in range(2):
        head = hot.get(path, REQUEST_METHOD="HEAD")
        assert (head.status, head.body) == (200, b"")
    assert head.is_hit
    assert head.headers["content-length"] == hot.get(path).headers["content-length"]


def test_an_etag_survives_a_restart(hot: Hot, portal: Portal) -> None:
    path = f"/api/v1/pages/{portal.news.pk}"
    before = hot.get(path).headers["etag"]
    hot.path.store.clear()
    assert hot.get(path).headers["etag"] == before


def test_nothing_is_given_past_its_end(hot: Hot, portal: Portal) -> None:
    end = timezone.now() + timedelta(hours=1)
    page = portal.article("Có hạn", expire_at=end)
    path = f"/api/v1/pages/{page.pk}"
    hot.get(path)
    assert hot.get(path).is_hit
    with time_machine.travel(end + timedelta(seconds=1)):
        assert hot.get(path).status == 404


def test_zero_bytes_turn_it_off(hot: Hot) -> None:
    off = type(hot.path)(hot.path._application, 0)
    for _ in range(2):
        assert "cache-status" not in ask(off, "/api/v1/types").headers
