"""The demo portal: what it has, that it holds together, and that loading it again does nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import orjson
import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Locale, Page, Site

from cms.delivery.models import Menu
from cms.pages.blocks.base import UnavailableBlock
from cms.pages.blocks.body import DocumentBodyBlock
from cms.pages.models import PortalImage, PublishedDocument, Topic
from cms.pages.publishing import rebuild, stale_documents
from cms.pages.verification import verify_documents
from cms.plugins.article.models import ArticlePage
from cms.plugins.official_document.models import OfficialDocumentPage
from cms.plugins.registry import registry
from cms.portal.content import CONTENT_FOLDER, read_lines
from cms.portal.models import SiteFacts
from cms.vietnamese.document_numbers import parse_document_number
from tests.portal.demo.conftest import DEMO, run_load_portal
from tests.transfer.lines import empty_database, export, load, row_counts

pytestmark = DEMO

SECTIONS = [
    "/gioi-thieu/",
    "/tin-tuc-thong-bao/",
    "/tu-van-ho-tro/",
    "/van-ban-chi-dao-cua-tinh/",
    "/tu-lieu-htx/",
    "/van-ban-kinh-te-tap-the/",
]
PLAN = "/van-ban-kinh-te-tap-the/60-kh-lmhtx/"


def documents() -> list[dict[str, Any]]:
    for page_id in stale_documents():
        rebuild(page_id)
    return [orjson.loads(row.body) for row in PublishedDocument.objects.order_by("page__path")]


def blocks(value: Any) -> Iterator[tuple[str, Any]]:
    """Every block of a delivered value, at any depth: type and value."""
    if isinstance(value, list):
        for item in value:
            yield from blocks(item)
    elif isinstance(value, dict):
        if {"type", "id", "value"} <= set(value):
            yield value["type"], value["value"]
        for item in value.values():
            yield from blocks(item)


def block_names(stream: Any) -> set[str]:
    """The names of a stream's blocks, with those of the streams in them."""
    found: set[str] = set()
    for name, child in stream.child_blocks.items():
        if not isinstance(child, UnavailableBlock):
            found.add(name)
            inner = getattr(child, "child_blocks", {}).get("items")
            found |= block_names(inner) if hasattr(inner, "child_blocks") else set()
    return found


def test_it_loads_without_a_complaint(demo: str) -> None:
    assert "The demo portal is loaded" in demo
    assert "notice" not in demo
    assert Locale.objects.filter(language_code="en").exists()


def test_it_has_the_seven_sections_in_their_order(demo: str) -> None:
    home = Site.objects.get(is_default_site=True).root_page
    rows = [PublishedDocument.objects.get(pk=page.pk) for page in home.get_children()]
    assert [row.path for row in rows] == SECTIONS
    assert PublishedDocument.objects.get(pk=home.pk).title == "Trang chủ"
    assert Page.objects.filter(depth=2).first() == home


def test_it_has_at_least_fifty_pages_of_every_type(demo: str) -> None:
    documents = PublishedDocument.objects.filter(locale="vi")
    assert documents.count() >= 50
    types = Counter(documents.values_list("type", flat=True))
    assert set(types) == {content_type.name for content_type in registry.pages()}
    pages = Page.objects.filter(locale__language_code="vi", live=False)
    assert not pages.exclude(depth=1).exists()


def test_it_uses_every_block(demo: str) -> None:
    used = {name for document in documents() for name, _ in blocks(document)}
    assert used == block_names(DocumentBodyBlock())


def test_its_texts_have_substance(demo: str) -> None:
    """Words of running text a page, from the length that an article must have."""
    short = []
    for document in documents():
        words = len(re.sub(r"<[^>]+>", " ", orjson.dumps(document).decode()).split())
        if document["type"] in ("article", "official_document", "support") and words < 200:
            short.append(document["path"])
    assert short == []


def test_every_address_is_readable(demo: str) -> None:
    for row in PublishedDocument.objects.exclude(path__in=["/", "/en/"]):
        assert re.fullmatch(r"(/[a-z0-9]+(-[a-z0-9]+)*)+/", row.path), row.path
        assert row.path.endswith(f"/{row.slug}/")


def test_every_reference_is_resolved_or_has_the_number_of_what_it_waits_for(demo: str) -> None:
    resolved = still_open = 0
    for page in documents():
        if page["type"] != "official_document":
            continue
        assert parse_document_number(page["number"]), page["path"]
        for reference, found in zip(page["references"], page["resolved_references"], strict=True):
            resolved += found["status"] == "resolved"
            still_open += found["status"] == "open"
            named = parse_document_number(reference["number"]) or reference["subject"]
            assert found["status"] == "resolved" or named, page["path"]
    assert resolved >= 10
    assert still_open >= 3


def test_documents_are_in_several_states(demo: str) -> None:
    states = {
        page["validity"]["status"] for page in documents() if page["type"] == "official_document"
    }
    assert {"in_force", "expired"} <= states
    later = OfficialDocumentPage.objects.filter(effective_on__gte=date(2027, 1, 1))
    assert later.exists()


def test_plan_has_the_size_and_shape_of_the_first_real_page(demo: str) -> None:
    plan = next(page for page in documents() if page["path"] == PLAN)
    assert (plan["number"], plan["issued_on"]) == ("60/KH-LMHTX", "2026-04-21")
    found = Counter(name for name, _ in blocks(plan["body"]))
    assert found["section"] == 3
    assert found["clause"] >= 8
    assert found["bullet"] >= 12
    assert found["task"] >= 6
    assert found["table"] >= 1
    assert found["legal_basis"] >= 1
    assert "./." in plan["body"][-1]["value"]
    assert len([one for one in plan["references"] if one["relation"] == "implements"]) >= 2


def test_pictures_are_described(demo: str) -> None:
    assert PortalImage.objects.count() >= 20
    assert not PortalImage.objects.filter(description="").exists()
    for page in documents():
        for name, value in blocks(page):
            if name == "image" and value["image"]:
                assert value["image"]["alt"] or value["image"]["decorative"], page["path"]


def test_documents_are_as_a_fresh_build_says(demo: str) -> None:
    documents()
    assert list(verify_documents()) == []


def test_site_facts_and_menus_are_there(demo: str) -> None:
    facts = SiteFacts.objects.get()
    assert facts.name == "Liên minh Hợp tác xã tỉnh Thanh Giang"
    assert facts.phone_numbers
    assert facts.licence_number
    facts.full_clean()
    main = Menu.objects.get(handle="main", locale__language_code="vi")
    chosen = [block.value["page"].pk for block in main.items]
    paths = PublishedDocument.objects.in_bulk(chosen)
    assert [paths[pk].path for pk in chosen] == ["/", *SECTIONS]
    assert Menu.objects.filter(handle="footer").exists()


def test_loading_again_changes_nothing(demo: str) -> None:
    before = row_counts()
    assert "nothing was changed" in run_load_portal()
    assert "nothing was changed" in run_load_portal(refresh=True)
    assert row_counts() == before


def test_what_is_missing_comes_back_and_changes_stay(demo: str) -> None:
    page = ArticlePage.objects.filter(live=True).first()
    assert page is not None
    path = PublishedDocument.objects.get(pk=page.pk).path
    other = ArticlePage.objects.filter(live=True).exclude(pk=page.pk).first()
    assert other is not None
    other.lead = "Đã sửa"
    other.save_revision().publish()
    page.delete()
    assert "1 created, 0 updated" in run_load_portal()
    assert PublishedDocument.objects.filter(path=path).exists()
    assert ArticlePage.objects.get(pk=other.pk).lead == "Đã sửa"


def test_refresh_leaves_what_a_person_has_edited(demo: str) -> None:
    user = get_user_model().objects.create_superuser("bien-tap")
    edited, stale = ArticlePage.objects.filter(live=True)[:2]
    leads = [edited.lead, stale.lead]
    for page, editor in ((edited, user), (stale, None)):
        page.lead = "Đã sửa"
        page.save_revision(user=editor).publish(user=editor)
    topic = Topic.objects.first()
    assert topic is not None
    said = run_load_portal(refresh=True)
    assert said.count("Left as a person has changed it") == 1
    assert "1 updated" in said
    assert ArticlePage.objects.get(pk=edited.pk).lead == "Đã sửa"
    assert ArticlePage.objects.get(pk=stale.pk).lead == leads[1]


def test_whole_portal_survives_an_empty_database(demo: str, settings: Any, tmp_path: Any) -> None:
    before = export()
    empty_database()
    settings.MEDIA_ROOT = tmp_path
    result = load(before.splitlines())
    assert result.tally.failed == 0, result.reasons
    assert export() == before


def test_content_files_are_read_whole() -> None:
    lines = read_lines(CONTENT_FOLDER)
    sources = [one.source for one in lines]
    assert len(sources) == len(set(sources))
    paths = [str(one.line["path"]) for one in lines if "title" in one.line and "path" in one.line]
    assert len(paths) == len(set(paths))
    for index, path in enumerate(paths):
        parent = path.rstrip("/").rpartition("/")[0] + "/"
        assert path == "/" or parent in paths[:index], path


@pytest.mark.parametrize("folder", ["empty", "broken"])
def test_other_folders_of_content(db: None, tmp_path: Any, folder: str) -> None:
    from django.core.management import CommandError

    (tmp_path / "vi").mkdir()
    if folder == "empty":
        assert "nothing was changed" in run_load_portal(content=tmp_path)
        return
    (tmp_path / "vi" / "a.yaml").write_text("- [")
    with pytest.raises(CommandError, match=r"a\.yaml"):
        run_load_portal(content=tmp_path)
