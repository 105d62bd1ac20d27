"""What publishing writes, and what withdrawing takes away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from cms.changes.feed import number_changes
from cms.changes.models import Change, Reason
from cms.pages.models import Organisation, PublishedDocument, Topic
from cms.pages.publishing import rebuild, stale_documents
from cms.pages.reading import load_document
from cms.pages.verification import verify_documents
from cms.plugins.article.models import ArticlePage
from tests.fixtures.portal import Portal, publish, read, stored

pytestmark = pytest.mark.django_db


def reasons(page: Page) -> list[str]:
    number_changes()
    return list(
        Change.objects.filter(object_id=page.pk, type="article")
        .order_by("seq")
        .values_list("reason", flat=True)
    )


def make_private(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def test_published_page_has_the_envelope_of_the_contract(portal: Portal) -> None:
    page = portal.article("Đại hội Đảng bộ", lead="Mở đầu")
    document = stored(page)
    assert document["path"] == "/tin-tuc/dai-hoi-dang-bo/"
    assert document["type"] == "article"
    assert document["locale"] == "vi"
    assert document["lead"] == "Mở đầu"
    assert document["parent"] == {
        "id": portal.news.pk,
        "type": "section",
        "locale": "vi",
        "path": "/tin-tuc/",
        "title": "Tin tức",
        "lead": "",
    }
    assert list(document)[:12] == [
        "id",
        "type",
        "locale",
        "path",
        "slug",
        "title",
        "published_at",
        "updated_at",
        "parent",
        "translation",
        "translations",
        "seo",
    ]


def test_draft_changes_nothing_that_is_public(portal: Portal) -> None:
    page = portal.article("Bài", lead="Cũ")
    before = bytes(PublishedDocument.objects.get(pk=page.pk).body)
    page.lead = "Mới"
    page.save_revision()
    assert bytes(PublishedDocument.objects.get(pk=page.pk).body) == before
    assert reasons(page) == ["publish"]


def test_publishing_again_is_an_update(portal: Portal) -> None:
    page = portal.article("Bài")
    page.lead = "Mới"
    page.save_revision().publish()
    assert stored(page)["lead"] == "Mới"
    assert reasons(page) == ["publish", "update"]


def test_unpublish_from_the_base_page_withdraws(portal: Portal) -> None:
    page = portal.article("Bài")
    Page.objects.get(pk=page.pk).unpublish()
    assert not PublishedDocument.objects.filter(pk=page.pk).exists()
    assert reasons(page) == ["publish", "unpublish"]


def test_deleting_a_section_withdraws_all_below(portal: Portal) -> None:
    page = portal.article("Bài")
    Page.objects.get(pk=portal.news.pk).delete()
    assert not PublishedDocument.objects.filter(pk__in=[page.pk, portal.news.pk]).exists()
    assert reasons(page) == ["publish", "delete"]
    assert list(verify_documents()) == []


def test_slug_change_moves_the_subtree_and_leaves_redirects(portal: Portal) -> None:
    page = portal.article("Bài")
    portal.news.slug = "thoi-su"
    portal.news.save_revision().publish()
    assert read(path="/thoi-su/bai/").pk == page.pk
    assert load_document(path="/tin-tuc/bai/") is None
    targets = Redirect.objects.values_list("old_path", "redirect_page_id")
    assert set(targets) == {("/tin-tuc", portal.news.pk), ("/tin-tuc/bai", page.pk)}
    assert list(verify_documents()) == []
    move = Change.objects.get(object_id=page.pk, reason=Reason.MOVE)
    assert (move.previous_path, move.path) == ("/tin-tuc/bai/", "/thoi-su/bai/")


def test_move_back_removes_the_redirect_that_would_loop(portal: Portal) -> None:
    page = portal.article("Bài")
    page.move(portal.texts, pos="last-child")
    assert read(path="/van-ban/bai/").pk == page.pk
    ArticlePage.objects.get(pk=page.pk).move(portal.news, pos="last-child")
    assert read(path="/tin-tuc/bai/").pk == page.pk
    assert list(Redirect.objects.values_list("old_path", flat=True)) == ["/van-ban/bai"]
    assert list(verify_documents()) == []


def test_private_section_hides_all_below_and_comes_back(portal: Portal) -> None:
    page = portal.article("Bài")
    restriction = make_private(portal.news)
    assert load_document(pk=page.pk) is None
    assert load_document(pk=portal.news.pk) is None
    assert reasons(page) == ["publish", "restrict"]
    restriction.delete()
    assert read(pk=page.pk).path == "/tin-tuc/bai/"
    assert list(verify_documents()) == []
    assert reasons(page) == ["publish", "restrict", "publish"]


def test_moving_under_a_private_page_withdraws(portal: Portal) -> None:
    make_private(portal.texts)
    page = portal.article("Bài")
    page.move(portal.texts, pos="last-child")
    assert load_document(pk=page.pk) is None
    assert list(verify_documents()) == []


def test_draft_below_a_draft_section_moves_along(portal: Portal) -> None:
    page = portal.article("Bài")
    portal.news.unpublish()
    section = Page.objects.get(pk=portal.news.pk).specific
    section.slug = "cu"
    section.save()
    assert read(path="/cu/bai/").pk == page.pk
    assert list(verify_documents()) == []


def test_expired_page_is_gone_before_the_worker_comes(portal: Portal) -> None:
    page = portal.article("Bài")
    now = timezone.now()
    PublishedDocument.objects.filter(pk=page.pk).update(expires_at=now - timedelta(seconds=1))
    assert load_document(pk=page.pk) is None


def test_topic_rename_makes_its_articles_stale_and_they_are_rebuilt_before_served(
    portal: Portal,
) -> None:
    topic = Topic.objects.create(name="Thi đua", slug="thi-dua")
    page = publish(portal.news, ArticlePage(title="Bài", topics=[topic]))
    other = portal.article("Khác")
    topic.name = "Thi đua, khen thưởng"
    topic.save()
    assert stale_documents() == [page.pk]
    row = read(pk=page.pk)
    assert "Thi đua, khen thưởng" in bytes(row.body).decode()
    assert other.pk not in stale_documents()
    number_changes()
    assert Change.objects.filter(type="topic", tags=[topic.tag, "type:topic"]).count() == 1


def test_unused_record_leaves_no_trace_in_the_feed(portal: Portal) -> None:
    Organisation.objects.create(code="ubnd", name="UBND tỉnh")
    assert not Change.objects.filter(type="organisation").exists()


def test_card_of_a_withdrawn_page_leaves_the_documents_that_show_it(portal: Portal) -> None:
    from cms.plugins.article.models import RelatedPage

    target = portal.article("Đích")
    page = ArticlePage(title="Nguồn")
    page.related_pages = [RelatedPage(target=target)]
    page = publish(portal.news, page)
    assert stored(page)["related_pages"][0]["target"]["title"] == "Đích"
    target.unpublish()
    row = read(pk=page.pk)
    assert b'"related_pages":[]' in bytes(row.body)
    target = ArticlePage.objects.get(pk=target.pk)
    target.save_revision().publish()
    row = read(pk=page.pk)
    assert "Đích" in bytes(row.body).decode()


def test_rebuild_of_an_unchanged_document_gives_the_same_bytes(portal: Portal) -> None:
    page = portal.article("Bài")
    before = PublishedDocument.objects.get(pk=page.pk)
    PublishedDocument.objects.filter(pk=page.pk).update(stale=True)
    assert rebuild(page.pk)
    after = PublishedDocument.objects.get(pk=page.pk)
    assert bytes(after.body) == bytes(before.body)
    assert after.etag == before.etag


def test_a_publish_that_fails_half_way_leaves_the_old_state_and_the_schedule(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = portal.article("Bài", lead="Cũ")
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.lead = "Mới"
    page.save_revision().publish()
    revision = page.revisions.get(approved_go_live_at__isnull=False)

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("power cut")

    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.save()
    content = revision.content
    content["go_live_at"] = None
    monkeypatch.setattr("cms.pages.publishing.build_document", fail)
    with pytest.raises(RuntimeError):
        revision.publish()
    monkeypatch.undo()
    revision.refresh_from_db()
    assert revision.approved_go_live_at is not None
    assert stored(page)["lead"] == "Cũ"
    assert list(verify_documents()) == []
