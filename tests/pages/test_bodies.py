"""What an editor composes is what is delivered: numbers, links, images, unknown blocks."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.pages.models import PortalDocument, PortalImage, Topic
from cms.pages.publishing import stale_documents
from cms.pages.verification import verify_documents
from cms.plugins.article.models import ArticlePage
from cms.plugins.official_document.models import OfficialDocumentPage
from tests.fixtures.portal import Portal, publish, read, stored

pytestmark = pytest.mark.django_db


def clause(text: str, *items: dict[str, Any], number: str = "") -> dict[str, Any]:
    value = {"number": number, "heading": "", "text": f"<p>{text}</p>", "items": list(items)}
    return {"type": "clause", "value": value}


def section(heading: str, *items: dict[str, Any]) -> dict[str, Any]:
    value = {"number": "", "heading": heading, "text": "", "items": list(items)}
    return {"type": "section", "value": value}


def point(text: str) -> dict[str, Any]:
    return {"type": "point", "value": {"number": "", "heading": "", "text": text, "items": []}}


def article(number: str = "") -> dict[str, Any]:
    return {
        "type": "article",
        "value": {"number": number, "heading": "Điều", "text": "", "items": []},
    }


def chapter(*items: dict[str, Any]) -> dict[str, Any]:
    value = {"number": "", "heading": "Chương", "text": "", "items": list(items)}
    return {"type": "chapter", "value": value}


def body_of(portal: Portal, *blocks: dict[str, Any]) -> list[dict[str, Any]]:
    body: list[dict[str, Any]] = stored(portal.document(body=list(blocks)))["body"]
    return body


def numbers(blocks: list[dict[str, Any]]) -> list[Any]:
    return [
        (block["value"]["number"], numbers(block["value"]["items"]))
        for block in blocks
        if "number" in block["value"]
    ]


def test_provisions_are_numbered_the_vietnamese_way(portal: Portal) -> None:
    body = body_of(
        portal,
        section("Mục đích", clause("a", point("x"), point("y")), clause("b")),
        section("Nhiệm vụ", clause("c")),
    )
    assert numbers(body) == [
        ("I", [("1", [("a", []), ("b", [])]), ("2", [])]),
        ("II", [("1", [])]),
    ]


def test_the_fifth_point_is_d_with_a_bar(portal: Portal) -> None:
    body = body_of(portal, clause("a", *[point(str(n)) for n in range(7)]))
    assert [number for number, _ in numbers(body)[0][1]] == ["a", "b", "c", "d", "đ", "e", "g"]


def test_articles_count_on_through_chapters(portal: Portal) -> None:
    body = body_of(portal, chapter(article(), article()), chapter(article()))
    assert numbers(body) == [("I", [("1", []), ("2", [])]), ("II", [("3", [])])]


def test_a_printed_number_wins_and_the_next_counts_from_it(portal: Portal) -> None:
    body = body_of(portal, clause("a", number="4"), clause("b"))
    assert [number for number, _ in numbers(body)] == ["4", "5"]


def paragraph(html: str) -> list[dict[str, Any]]:
    return [{"type": "paragraph", "value": html}]


def test_a_link_to_a_page_is_its_public_path_and_goes_with_the_page(portal: Portal) -> None:
    target = portal.article("Đích")
    link = f'<p>Xem <a linktype="page" id="{target.pk}">bài</a>.</p>'
    page = portal.article("Nguồn", body=paragraph(link))
    assert stored(page)["body"][0]["value"] == '<p>Xem <a href="/tin-tuc/dich/">bài</a>.</p>'
    restriction = PageViewRestriction.objects.create(page=target, restriction_type="login")
    assert b"/tin-tuc/dich/" not in bytes(read(pk=page.pk).body)
    restriction.delete()
    assert b"/tin-tuc/dich/" in bytes(read(pk=page.pk).body)


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<script>alert(1)</script></p>",
        '<p onclick="alert(1)">a</p>',
        '<p><a href="javascript:alert(1)">a</a></p>',
        '<p><a href="jav&#x09;ascript:alert(1)">a</a></p>',
        '<p><img src=x onerror="alert(1)"></p>',
        "<p><iframe srcdoc='<script>alert(1)</script>'></iframe></p>",
        '<p style="background:url(javascript:alert(1))">a</p>',
    ],
)
def test_n40_stored_markup_passes_an_allow_list(portal: Portal, html: str) -> None:
    delivered = stored(portal.article("Bài", body=paragraph(html)))["body"][0]["value"]
    for forbidden in ("script", "onclick", "onerror", "iframe", "img", "style"):
        assert forbidden not in delivered


def make_image(collection: Collection | None = None) -> PortalImage:
    image = PortalImage(title="Chè", file=get_test_image_file(), description="Đồi chè")
    if collection is not None:
        image.collection = collection
    image.save()
    return image


def test_an_image_of_a_private_collection_or_below_one_is_null(portal: Portal) -> None:
    private = Collection.get_first_root_node().add_child(name="Nội bộ")
    inner = private.add_child(name="Ảnh")
    page = portal.article("Bài", image=make_image(inner))
    assert stored(page)["image"]["alt"] == "Đồi chè"
    restriction = CollectionViewRestriction.objects.create(
        collection=private, restriction_type="login"
    )
    assert stale_documents() == [page.pk]
    assert b'"image":null' in bytes(read(pk=page.pk).body)
    restriction.delete()
    assert b'"image":{' in bytes(read(pk=page.pk).body)


def test_a_new_text_for_an_image_reaches_the_pages_that_show_it(portal: Portal) -> None:
    image = make_image()
    page = portal.article("Bài", image=image)
    image.description = "Đồi chè Tân Cương"
    image.save()
    assert "Đồi chè Tân Cương" in bytes(read(pk=page.pk).body).decode()
    assert list(verify_documents()) == []


def test_a_deleted_image_leaves_its_pages(portal: Portal) -> None:
    image = make_image()
    page = portal.article("Bài", image=image)
    image.delete()
    assert b'"image":null' in bytes(read(pk=page.pk).body)
    assert list(verify_documents()) == []


def test_a_file_says_what_it_is(portal: Portal) -> None:
    file = PortalDocument.objects.create(title="Mẫu", file=ContentFile(b"%PDF-1.7", "mau.pdf"))
    blocks = [{"type": "file_list", "value": {"title": "", "files": [file.pk]}}]
    delivered = stored(portal.article("Bài", body=blocks))["body"][0]["value"]["files"][0]
    assert delivered["media_type"] == "application/pdf"
    assert delivered["size"] == 8
    assert len(delivered["sha256"]) == 64


def test_a_block_of_a_missing_plugin_is_unavailable_and_survives_a_save(portal: Portal) -> None:
    page = portal.article("Bài", body=paragraph("<p>a</p>"))
    event = {
        "type": "event_card",
        "id": "8b5fdb5a-8b5c-4d6c-9d4e-0d9d0f5f7a11",
        "value": {"x": [1]},
    }
    field = ArticlePage._meta.get_field("body")
    block = field.stream_block
    page.body = field.to_python([*block.get_prep_value(page.body), event])
    page.save_revision().publish()
    assert stored(page)["body"][1] == {
        "type": "unavailable",
        "id": event["id"],
        "original_type": "event_card",
    }
    again = ArticlePage.objects.get(pk=page.pk)
    again.lead = "Sửa"
    again.save_revision().publish()
    kept = block.get_prep_value(ArticlePage.objects.get(pk=page.pk).body)[1]
    assert kept == event


def test_ten_thousand_blocks_are_published(portal: Portal) -> None:
    page = OfficialDocumentPage(
        title="Dài",
        number="1/KH-LMHTX",
        document_type="KH",
        abstract="Dài",
        issued_on="2026-01-01",
        body=paragraph("<p>a</p>") * 10_000,
    )
    assert len(stored(publish(portal.texts, page))["body"]) == 10_000


def test_a_collection_that_moves_below_a_private_one_takes_its_images_away(portal: Portal) -> None:
    root = Collection.get_first_root_node()
    private = root.add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    public = Collection.get_first_root_node().add_child(name="Ảnh")
    page = portal.article("Bài", image=make_image(public))
    assert b'"image":{' in bytes(read(pk=page.pk).body)
    Collection.objects.get(pk=public.pk).move(private, "sorted-child")
    assert b'"image":null' in bytes(read(pk=page.pk).body)
    assert list(verify_documents()) == []


def test_images_that_an_editor_moves_together_into_a_private_collection_go(
    portal: Portal, admin_client: Client
) -> None:
    private = Collection.get_first_root_node().add_child(name="Nội bộ")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    image = make_image()
    page = portal.article("Bài", image=image)
    address = reverse("wagtail_bulk_action", args=["pages", "portalimage", "add_to_collection"])
    admin_client.post(f"{address}?id={image.pk}", {"collection": private.pk})
    image.refresh_from_db()
    assert image.collection == private
    assert b'"image":null' in bytes(read(pk=page.pk).body)


def test_records_and_images_that_are_deleted_by_a_query_leave_their_pages(portal: Portal) -> None:
    topic = Topic.objects.create(name="Thi đua", slug="thi-dua")
    page = publish(portal.news, ArticlePage(title="Bài", topics=[topic], image=make_image()))
    assert "Thi đua" in bytes(read(pk=page.pk).body).decode()
    Topic.objects.filter(pk=topic.pk).delete()
    PortalImage.objects.all().delete()
    body = bytes(read(pk=page.pk).body)
    assert b'"topics":[]' in body
    assert b'"image":null' in body
    assert list(verify_documents()) == []
