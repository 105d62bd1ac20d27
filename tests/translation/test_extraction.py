"""Segments are taken in bulk: the same rows, in fewer queries."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslationContext,
    TranslationSource,
)

from cms.translation.syncing.extraction import plain_refresh_segments, refresh_segments
from tests.factories import make_every_type
from tests.fixtures.portal import Portal

CONTENT = {
    StringSegment: ("string__data", "string__data_hash", "attrs"),
    TemplateSegment: ("template__template", "template__uuid", "template__string_count"),
    RelatedObjectSegment: ("object_id",),
    OverridableSegment: ("data_json",),
}


def source_of(page: Page) -> TranslationSource:
    return TranslationSource.get_or_create_from_instance(page)[0]


def rows(source: TranslationSource) -> dict[str, list[Any]]:
    found = {
        model.__name__: list(
            model._default_manager.filter(source=source)
            .order_by("order", "context__path", *content)
            .values_list("order", "context__path", "context__field_path", *content)
        )
        for model, content in CONTENT.items()
    }
    contexts = TranslationContext.objects.filter(object_id=source.object_id)
    found["contexts"] = list(contexts.order_by("path").values_list("path", "path_id", "field_path"))
    return found


def wipe() -> None:
    for model in (*CONTENT, TranslationContext, Template, String):
        model._default_manager.all().delete()


def test_rows_are_those_of_wagtail_localize(portal: Portal) -> None:
    pages = make_every_type(portal)
    sources = [source_of(page) for page in [portal.home, portal.news, *pages.values()]]
    for source in sources:
        refresh_segments(source)
    ours = [rows(source) for source in sources]
    wipe()
    for source in sources:
        plain_refresh_segments(source)
    assert [rows(source) for source in sources] == ours
    assert sum(len(found["StringSegment"]) for found in ours) > 30


def test_second_refresh_writes_nothing_anew(portal: Portal) -> None:
    page = portal.article("Bài", lead="Mở đầu", body=paragraphs(5))
    source = source_of(page)
    before = list(StringSegment.objects.filter(source=source).values_list("pk", "order"))
    refresh_segments(source)
    assert list(StringSegment.objects.filter(source=source).values_list("pk", "order")) == before


def test_refresh_after_plain_wagtail_localize_keeps_its_rows(portal: Portal) -> None:
    page = portal.article("Bài", body=paragraphs(3))
    source = source_of(page)
    wipe()
    plain_refresh_segments(source)
    before = set(StringSegment.objects.values_list("pk", flat=True))
    content = json.loads(source.content_json)
    content["lead"] = "Mở đầu"
    source.content_json = json.dumps(content)
    refresh_segments(source)
    assert before & set(StringSegment.objects.values_list("pk", flat=True))
    assert StringSegment.objects.filter(source=source, string__data="Mở đầu").exists()


def test_queries_do_not_grow_with_segments(portal: Portal) -> None:
    def cost(number: int, refresh: Callable[[TranslationSource], None]) -> int:
        source = source_of(portal.article(f"Bài {number} {refresh.__name__}"))
        page = source.get_source_instance()
        page.body = paragraphs(number, page.title)
        page.save()
        source.content_json = page.to_json()
        with CaptureQueriesContext(connection) as queries:
            refresh(source)
        return len(queries)

    cost(1, refresh_segments)  # what all pages share is written by the first
    assert cost(40, refresh_segments) == cost(4, refresh_segments)
    assert cost(40, plain_refresh_segments) > 5 * cost(40, refresh_segments)


def paragraphs(number: int, words: str = "Đoạn") -> list[dict[str, Any]]:
    return [
        {
            "type": "paragraph",
            "id": f"00000000-0000-4000-8000-{index:012}",
            "value": f"<p>{words} {index}</p>",
        }
        for index in range(number)
    ]
