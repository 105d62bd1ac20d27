"""A disabled plugin keeps its content, shows nothing of it, and comes back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page

from cms.pages.fingerprint import _fingerprint
from cms.pages.models import PublishedDocument
from cms.pages.reading import load_document
from cms.pages.verification import verify_documents
from cms.plugins.article.models import ArticlePage, RelatedPage
from cms.plugins.config import collect, enabled_plugins
from cms.plugins.registry import UnknownNameError, registry
from cms.plugins.testing import Samples
from tests.sample_plugin.models import CoursePage, CourseSession, LecturePage


def _article_about(samples: Samples, course: Page) -> Page:
    """An article that shows the course in a chooser, in a card list and in its text."""
    link = f'<p>Xem <a linktype="page" id="{course.pk}">khóa học</a>.</p>'
    body = [
        {"type": "paragraph", "value": link},
        {"type": "page_cards", "value": {"title": "Đọc thêm", "pages": [course.pk]}},
    ]
    return samples.page(
        registry.get("article"),
        body=orjson.dumps(body).decode(),
        byline_unit=None,
        related_pages=[RelatedPage(target=course)],
    )


def _body(page: Page) -> bytes:
    row = load_document(pk=page.pk)
    assert row is not None
    return bytes(row.body)


def test_content_and_tables_stay(samples: Samples, settings: Any) -> None:
    course = samples.page(registry.get("course"))
    settings.CMS_DISABLED_PLUGINS = ["course"]
    kept = CoursePage.objects.get(pk=course.pk)
    assert kept.live
    assert CourseSession.objects.filter(page=kept).count() == 2


def test_its_pages_are_gone_from_every_endpoint(
    samples: Samples, client: Client, settings: Any
) -> None:
    course = samples.page(registry.get("course"), title="Khóa học kế toán")
    path = str(PublishedDocument.objects.get(pk=course.pk).path)
    settings.CMS_DISABLED_PLUGINS = ["course"]
    never = client.get(f"/api/v1/pages/{2**40}")
    for address in (f"/api/v1/pages/{course.pk}", f"/api/v1/resolve?path={path}"):
        answer = client.get(address)
        assert (answer.status_code, answer.content) == (404, never.content), address
    for address in ("/api/v1/pages", "/api/v1/types"):
        listed = client.get(address)
        assert listed.status_code == 200
        assert "Khóa học kế toán" not in listed.content.decode()
        assert '"course"' not in listed.content.decode()
    refused = client.get("/api/v1/pages?type=course")
    assert refused.status_code == 400
    assert "course" not in refused.json()["allowed"]


def test_its_cards_are_gone_from_other_pages_and_come_back(samples: Samples, settings: Any) -> None:
    course = samples.page(registry.get("course"))
    article = _article_about(samples, course)
    before = _body(article)
    assert orjson.loads(before)["related_pages"][0]["target"]["id"] == course.pk

    settings.CMS_DISABLED_PLUGINS = ["course"]
    document = orjson.loads(_body(article))
    assert document["related_pages"] == []
    paragraph, cards = document["body"]
    assert "href" not in paragraph["value"]
    assert cards["value"]["pages"] in ([], [None])

    settings.CMS_DISABLED_PLUGINS = []
    assert _body(article) == before


def test_no_stored_document_differs_from_a_fresh_one(samples: Samples, settings: Any) -> None:
    _article_about(samples, samples.page(registry.get("course")))
    for disabled in (["course"], [], ["article"], ["course", "article"], []):
        settings.CMS_DISABLED_PLUGINS = disabled
        for page in Page.objects.filter(document__isnull=False):
            load_document(pk=page.pk)
        assert list(verify_documents()) == []


def test_a_document_that_is_published_meanwhile_is_right_afterwards(
    samples: Samples, settings: Any
) -> None:
    course = samples.page(registry.get("course"))
    settings.CMS_DISABLED_PLUGINS = ["course"]
    article = _article_about(samples, course)
    assert orjson.loads(_body(article))["related_pages"] == []
    settings.CMS_DISABLED_PLUGINS = []
    assert orjson.loads(_body(article))["related_pages"][0]["target"]["id"] == course.pk


def test_nothing_new_is_made_of_it(samples: Samples, admin_client: Client, settings: Any) -> None:
    parent = samples.parent(registry.get("course"))
    course = samples.page(registry.get("course"))
    assert CoursePage.can_create_at(parent)
    settings.CMS_DISABLED_PLUGINS = ["course"]
    assert not CoursePage.can_create_at(parent)
    assert not LecturePage.can_create_at(course)
    with pytest.raises(UnknownNameError):
        registry.page_type("course")
    offered = admin_client.get(f"/admin/pages/{parent.pk}/add_subpage/").content.decode()
    assert "/add/course/" not in offered
    form = admin_client.get(f"/admin/pages/add/course/coursepage/{parent.pk}/")
    assert form.status_code in (302, 403)


def test_its_page_can_still_be_edited(
    samples: Samples, admin_client: Client, settings: Any
) -> None:
    course = samples.page(registry.get("course"))
    settings.CMS_DISABLED_PLUGINS = ["course"]
    assert admin_client.get(f"/admin/pages/{course.pk}/edit/").status_code == 200


def test_its_contributions_are_left_out(settings: Any) -> None:
    settings.CMS_DISABLED_PLUGINS = ["course"]
    assert "course" not in [plugin.label for plugin in enabled_plugins()]
    assert "course" not in [contribution.plugin.label for contribution in collect("followers")]
    settings.CMS_DISABLED_PLUGINS = []
    assert "course" in [contribution.plugin.label for contribution in collect("followers")]


def test_the_same_holds_for_a_bundled_plugin(
    samples: Samples, client: Client, settings: Any
) -> None:
    article = samples.page(registry.get("article"), byline_unit=None)
    assert isinstance(article, ArticlePage)
    before = client.get(f"/api/v1/pages/{article.pk}").content
    settings.CMS_DISABLED_PLUGINS = ["article"]
    assert client.get(f"/api/v1/pages/{article.pk}").status_code == 404
    settings.CMS_DISABLED_PLUGINS = []
    assert client.get(f"/api/v1/pages/{article.pk}").content == before


@contextmanager
def _uninstalled() -> Iterator[None]:
    """The course's type is not in the registry, as if its plugin were not in CMS_PLUGINS."""
    types, by_model = dict(registry._types), dict(registry._by_model)
    del registry._types["course"], registry._by_model[CoursePage]
    _fingerprint.cache_clear()
    try:
        yield
    finally:
        for table, before in ((registry._types, types), (registry._by_model, by_model)):
            table.clear()
            table.update(before)  # type: ignore[arg-type]  # each its own
        _fingerprint.cache_clear()


def test_pages_of_a_plugin_that_is_gone_break_nothing(samples: Samples, client: Client) -> None:
    course = samples.page(registry.get("course"))
    article = _article_about(samples, course)
    with _uninstalled():
        assert orjson.loads(_body(article))["related_pages"] == []
        never = client.get(f"/api/v1/pages/{2**40}").content
        assert client.get(f"/api/v1/pages/{course.pk}").content == never
        listed = client.get("/api/v1/pages")
        assert listed.status_code == 200
        assert course.pk not in [item["id"] for item in listed.json()["items"]]
        call_command("rebuild_documents")
        assert list(verify_documents()) == []


def test_a_plugin_that_was_gone_comes_back(samples: Samples, client: Client) -> None:
    course = samples.page(registry.get("course"))
    article = _article_about(samples, course)
    before = [_body(course), _body(article)]
    with _uninstalled():
        call_command("rebuild_documents")
        assert client.get(f"/api/v1/pages/{course.pk}").status_code == 404
    call_command("rebuild_documents", all=True)
    assert [_body(course), _body(article)] == before


def test_nothing_new_is_imported_of_it(samples: Samples, tmp_path: Path, settings: Any) -> None:
    course = samples.page(registry.get("course"))
    lines = tmp_path / "content.jsonl"
    call_command("export_content", str(lines))
    course.delete()
    settings.CMS_DISABLED_PLUGINS = ["course"]
    with pytest.raises(CommandError, match="1 lines failed"):
        call_command("import_content", str(lines))
    assert not CoursePage.objects.exists()
    settings.CMS_DISABLED_PLUGINS = []
    call_command("import_content", str(lines))
    assert CoursePage.objects.count() == 1
