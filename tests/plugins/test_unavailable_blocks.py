"""A block of a missing or disabled plugin is delivered as a stand-in and never lost."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from wagtail.admin import telepath
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.pages.blocks.base import KeepingStreamBlock, UnavailableBlock
from cms.pages.blocks.body import BodyBlock, DocumentBodyBlock
from cms.pages.reading import load_document
from cms.plugins.article.models import ArticlePage
from cms.plugins.registry import registry
from cms.plugins.testing import Samples
from tests.sample_plugin.models import CoursePage

SURVEY = {"type": "survey", "id": "11111111-1111-4111-8111-111111111111",
          "value": {"question": "Ý kiến của bạn?", "options": ["Có", "Không"]}}  # fmt: skip
PARAGRAPH = {"type": "paragraph", "id": "22222222-2222-4222-8222-222222222222",
             "value": "<p>Trước khảo sát.</p>"}  # fmt: skip


def _stored(page: Page) -> Any:
    """The body as it is in the column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM article_articlepage WHERE page_ptr_id = %s", [page.pk])
        (value,) = cursor.fetchone()
    return orjson.loads(value) if isinstance(value, str | bytes) else value


def _delivered(page: Page) -> Any:
    row = load_document(pk=page.pk)
    assert row is not None
    return orjson.loads(bytes(row.body))["body"]


@pytest.fixture
def article(samples: Samples) -> ArticlePage:
    """An article with a block of a plugin that isn't installed."""
    page = samples.page(
        registry.get("article"),
        body=orjson.dumps([PARAGRAPH, SURVEY]).decode(),
        byline_unit=None,
        related_pages=[],
        attachments=[],
    )
    assert isinstance(page, ArticlePage)
    return page


def test_missing_block_is_delivered_as_unavailable(article: ArticlePage) -> None:
    assert _delivered(article)[1] == {
        "type": "unavailable",
        "id": SURVEY["id"],
        "original_type": "survey",
    }


def test_missing_block_survives_saves(article: ArticlePage) -> None:
    for _ in range(2):
        page = ArticlePage.objects.get(pk=article.pk)
        page.title += "!"
        page.save_revision().publish()
    assert _stored(article) == [PARAGRAPH, SURVEY]
    revision = article.get_latest_revision()
    assert orjson.loads(revision.content["body"]) == [PARAGRAPH, SURVEY]


def test_missing_block_survives_the_editor(article: ArticlePage, admin_client: Client) -> None:
    address = f"/admin/pages/{article.pk}/edit/"
    form = admin_client.get(address)
    assert form.status_code == 200
    assert "survey" in form.content.decode()

    block = ArticlePage._meta.get_field("body").stream_block
    state = block.get_form_state(ArticlePage.objects.get(pk=article.pk).body)
    kept = state[1]["value"]
    assert "survey" in kept
    assert "Ý kiến của bạn?" in kept

    initial = form.context["form"].initial
    fields = {name: value for name, value in initial.items() if isinstance(value, str)}
    data = nested_form_data({
        **fields,
        "title": "Tên mới",
        "topics": [],
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        "related_pages": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        "attachments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        "body": streamfield([("heading", {"text": "Mới", "level": "2"}), ("unavailable", kept)]),
        "action-publish": "1",
    })  # fmt: skip
    data["body-1-id"] = SURVEY["id"]
    answer = admin_client.post(address, data)
    assert answer.status_code == 302, answer.context["form"].errors
    heading, survey = _stored(article)
    assert heading["type"] == "heading"
    assert survey == SURVEY


def _not_offered(block: Any) -> list[str]:
    """What the browser leaves out of the list of blocks to add."""
    *_, meta = telepath.registry.find_adapter(type(block)).js_args(block)
    names: list[str] = meta["notOffered"]
    return names


def test_editors_are_offered_no_stand_in() -> None:
    assert _not_offered(BodyBlock()) == ["unavailable"]


def test_editors_are_offered_no_block_of_a_disabled_plugin(settings: Any) -> None:
    block = CoursePage._meta.get_field("body").stream_block
    settings.CMS_DISABLED_PLUGINS = []
    assert "agenda" not in _not_offered(block)
    settings.CMS_DISABLED_PLUGINS = ["course"]
    assert "agenda" in _not_offered(block)


@pytest.mark.parametrize(
    "forged",
    [
        {"original_type": "paragraph", "value": "<script>"},
        {"original_type": "unavailable", "value": {}},
        {"original_type": "", "value": None},
        {"original_type": 7, "value": None},
        {"original_type": "survey", "value": None, "more": 1},
    ],
)
def test_a_forged_stand_in_is_refused(forged: dict[str, Any]) -> None:
    block = BodyBlock()
    value = block.to_python([])
    value.append(("unavailable", forged))
    with pytest.raises(ValidationError):
        block.clean(value)


@pytest.mark.parametrize("sent", ["", "[", "[]", '"text"', "null"])
def test_what_a_browser_may_send_is_no_crash(sent: str) -> None:
    block = UnavailableBlock()
    block.set_name("unavailable")
    with pytest.raises(ValidationError):
        body = BodyBlock()
        value = body.to_python([])
        value.append(("unavailable", block.value_from_datadict({"x": sent}, {}, "x")))
        body.clean(value)


def test_nested_missing_blocks_are_kept() -> None:
    block = DocumentBodyBlock()
    section = {"number": "", "heading": "Mục", "text": "", "items": [SURVEY]}
    stored = [{"type": "section", "id": PARAGRAPH["id"], "value": section}, SURVEY]
    assert block.get_prep_value(block.to_python(stored)) == stored


def test_stream_blocks_of_the_core_keep_what_they_do_not_know() -> None:
    assert issubclass(BodyBlock, KeepingStreamBlock)


def test_block_of_a_disabled_plugin_is_delivered_as_unavailable(
    samples: Samples, settings: Any
) -> None:
    """Of another plugin's type that uses it: here its own, looked at through the kind."""
    from cms.pages.build import Build
    from cms.pages.kinds import read_field

    course = CoursePage.objects.get(pk=samples.page(registry.get("course")).pk)
    types = [block["type"] for block in read_field(course, "body", Build())]  # type: ignore[index,union-attr,call-overload]
    assert "agenda" in types
    settings.CMS_DISABLED_PLUGINS = ["course"]
    blocks: Any = read_field(course, "body", Build())
    assert [b["original_type"] for b in blocks if b["type"] == "unavailable"] == ["agenda"]
    assert "agenda" not in [block["type"] for block in blocks]
