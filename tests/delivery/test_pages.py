"""One page: by its id and by its path."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
import time_machine
from django.test import override_settings

from cms.delivery.answers import cache_control
from cms.pages.models import ContentPage, PublishedDocument
from tests.delivery.conftest import Api
from tests.factories import block, translate
from tests.fixtures.portal import Portal


def test_a_page_is_the_stored_bytes(api: Api, every_type: dict[str, ContentPage]) -> None:
    for name, page in every_type.items():
        response = api.get(f"pages/{page.pk}")
        row = PublishedDocument.objects.get(pk=page.pk)
        assert response.content == bytes(row.body), name
        assert response.headers["ETag"] == row.etag
        assert orjson.loads(response.content)["type"] == name


def test_headers_say_what_caches_need(api: Api, portal: Portal) -> None:
    page = portal.article("Bài")
    headers = api.get(f"pages/{page.pk}").headers
    assert headers["Content-Type"] == "application/json"
    assert headers["Cache-Control"] == "public, max-age=0, s-maxage=0, must-revalidate"
    assert f"page:{page.pk}" in headers["Cache-Tag"].split(",")
    assert f"page:{portal.news.pk}" in headers["Cache-Tag"].split(",")
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Cookie" not in headers["Vary"]
    assert "Set-Cookie" not in headers


def test_shared_caches_keep_what_they_are_purged_of(api: Api, portal: Portal) -> None:
    page = portal.article("Bài")
    with override_settings(CMS_PUBLIC_CACHE_SECONDS=300):
        control = api.get(f"pages/{page.pk}").headers["Cache-Control"]
    assert (
        control == "public, max-age=0, s-maxage=300, stale-while-revalidate=60, stale-if-error=60"
    )


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        (1_000, "s-maxage=300, stale-while-revalidate=60, stale-if-error=60"),
        (330, "s-maxage=300, stale-while-revalidate=30, stale-if-error=30"),
        (200, "s-maxage=200, must-revalidate"),
        (-1, "s-maxage=0, must-revalidate"),
    ],
)
def test_no_cache_keeps_an_answer_beyond_its_end(left: int, expected: str) -> None:
    now = datetime(2027, 1, 1, tzinfo=UTC)
    with override_settings(CMS_PUBLIC_CACHE_SECONDS=300), time_machine.travel(now, tick=False):
        control = cache_control(now + timedelta(seconds=left), shared=True)
    assert control == f"public, max-age=0, {expected}"


def test_a_known_answer_is_304(api: Api, portal: Portal) -> None:
    page = portal.article("Bài")
    first = api.get(f"pages/{page.pk}")
    for value in ('"x", {}', "W/{}", "*", "{}"):
        header = value.format(first.headers["ETag"])
        again = api.get(f"pages/{page.pk}", headers={"If-None-Match": header})
        assert again.status_code == 304, header
        assert again.content == b""
        for name in ("ETag", "Cache-Control", "Cache-Tag", "Vary"):
            assert again.headers[name] == first.headers[name]


def test_another_version_is_not_known(api: Api, portal: Portal) -> None:
    page = portal.article("Bài")
    old = api.get(f"pages/{page.pk}").headers["ETag"]
    page.title = "Bài khác"
    page.save_revision().publish()
    again = api.get(f"pages/{page.pk}", headers={"If-None-Match": old})
    assert again.status_code == 200
    assert orjson.loads(again.content)["title"] == "Bài khác"


def test_head_and_options(api: Api, portal: Portal) -> None:
    page = portal.article("Bài")
    got = api.get(f"pages/{page.pk}")
    head = api.client.head(f"/api/v1/pages/{page.pk}")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == got.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(got.content))
    options = api.client.options(f"/api/v1/pages/{page.pk}")
    assert (options.status_code, options.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")


def test_nothing_is_written(api: Api, portal: Portal) -> None:
    before = list(PublishedDocument.objects.values())
    for path in ("pages", f"pages/{portal.home.pk}", "resolve", "changes", "types/article"):
        for method in ("post", "put", "patch", "delete", "trace"):
            response = getattr(api.client, method)(f"/api/v1/{path}")
            assert response.status_code == 405, (method, path)
            assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
            assert orjson.loads(response.content)["type"] == "/api/v1/problems/method-not-allowed"
    assert list(PublishedDocument.objects.values()) == before


def test_fields_in_the_documents_order(api: Api, every_type: dict[str, ContentPage]) -> None:
    page = every_type["article"]
    found = api.json(f"pages/{page.pk}", fields="body,title,lead")
    assert list(found) == ["id", "type", "title", "lead", "body"]
    assert api.json(f"pages/{page.pk}", fields="*") == api.json(f"pages/{page.pk}")


def test_an_unknown_field_names_those_that_exist(api: Api, portal: Portal) -> None:
    problem = api.problem(f"pages/{portal.article().pk}?fields=title,password")
    assert problem["type"] == "/api/v1/problems/unknown-field"
    assert problem["parameter"] == "fields"
    assert {"title", "lead", "body", "*"} <= set(problem["allowed"])
    assert "seo_title" not in problem["allowed"]


def _with_text(portal: Portal, html: str) -> ContentPage:
    return portal.article("Bài", body=[
        block("paragraph", html),
        block("callout", {"style": "note", "title": "", "text": html}),
        block("quotation", {"text": "<p>không phải HTML</p>", "author": "", "source": ""}),
    ])  # fmt: skip


def _texts(body: list[dict[str, Any]]) -> list[Any]:
    return [body[0]["value"], body[1]["value"]["text"], body[2]["value"]["text"]]


def test_rich_text_as_markdown(api: Api, portal: Portal) -> None:
    html = '<p>Một <b>việc</b>, m<sup>2</sup></p><ul><li><p>hai</p></li></ul><p>Xem <a href="https://a.vn">đây</a></p>'
    page = _with_text(portal, html)
    first, second, plain = _texts(api.json(f"pages/{page.pk}", rich_text="markdown")["body"])
    assert first == second
    assert "**việc**" in first
    assert "m<sup>2</sup>" in first
    assert "- hai" in first
    assert "[đây](https://a.vn)" in first
    assert plain == "<p>không phải HTML</p>"


def test_rich_text_as_a_tree(api: Api, portal: Portal) -> None:
    page = _with_text(portal, "<p>Một <b>việc</b><br/>nữa &amp; xong</p>")
    first, second, _ = _texts(api.json(f"pages/{page.pk}", rich_text="ast")["body"])
    assert first == second
    assert first == {
        "type": "root",
        "children": [
            {
                "type": "element", "tagName": "p", "properties": {},
                "children": [
                    {"type": "text", "value": "Một "},
                    {
                        "type": "element", "tagName": "b", "properties": {},
                        "children": [{"type": "text", "value": "việc"}],
                    },
                    {"type": "element", "tagName": "br", "properties": {}, "children": []},
                    {"type": "text", "value": "nữa & xong"},
                ],
            }
        ],
    }  # fmt: skip


def test_a_locale_and_its_fallback(api: Api, portal: Portal) -> None:
    page, alone = portal.article("Bài dịch"), portal.article("Bài riêng")
    english = translate(page, "Translated")
    assert api.json(f"pages/{page.pk}", locale="en")["id"] == english.pk
    assert api.json(f"pages/{english.pk}", locale="vi")["id"] == page.pk
    assert api.get(f"pages/{alone.pk}", {"locale": "en"}).status_code == 404
    served = api.json(f"pages/{alone.pk}", locale="en", fallback="vi")
    assert (served["id"], served["locale_served"], served["locale"]) == (alone.pk, "vi", "vi")
    served = api.json(f"pages/{page.pk}", locale="en", fallback="vi")
    assert (served["id"], served["locale_served"]) == (english.pk, "en")


def test_a_fallback_needs_a_locale(api: Api, portal: Portal) -> None:
    for path in (f"pages/{portal.home.pk}?fallback=vi", "pages?fallback=vi"):
        assert api.problem(path)["type"] == "/api/v1/problems/missing-parameter"


def test_resolve_gives_the_page_at_a_path(api: Api, portal: Portal) -> None:
    page = portal.article("Bài")
    for path in ("/tin-tuc/bai/", "/tin-tuc/bai"):
        assert api.json("resolve", path=path) == {
            "kind": "page", "page": api.json(f"pages/{page.pk}"),
        }  # fmt: skip
    assert api.json("resolve", path="/")["page"]["id"] == portal.home.pk
    assert api.json("resolve", path="/tin-tuc/bai/", fields="title")["page"] == {
        "id": page.pk, "type": "article", "title": "Bài",
    }  # fmt: skip


def test_resolve_falls_back_where_a_site_looks(api: Api, portal: Portal) -> None:
    page = portal.article("Bài")
    translate(portal.news, "News")
    found = api.json("resolve", path="/en/tin-tuc/bai/", locale="en", fallback="vi")
    assert (found["page"]["id"], found["page"]["locale_served"]) == (page.pk, "vi")
    assert api.get("resolve", {"path": "/en/tin-tuc/bai/"}).status_code == 404


def test_a_stale_document_is_rebuilt_first(api: Api, portal: Portal) -> None:
    page = portal.article("Bài")
    PublishedDocument.objects.filter(pk=page.pk).update(stale=True, body=b'{"id":0}')
    assert api.json(f"pages/{page.pk}")["title"] == "Bài"
    PublishedDocument.objects.filter(pk=page.pk).update(stale=True, card=b'{"id":0}')
    assert "Bài" in api.titles(type="article")
