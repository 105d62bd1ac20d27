"""The review page: what changed in the source, and the translation that was carried over."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail_localize.models import StringTranslation, Translation

from cms.pages.models import TranslationState
from cms.plugins.article.models import ArticlePage
from cms.translation.models import MergeLeftover, SegmentReview
from cms.translation.reviewing.differences import compare_words
from cms.translation.syncing.submitting import sync
from tests.fixtures.portal import Portal
from tests.translation.languages import begin, state, submit, translate


@pytest.fixture
def translation(portal: Portal) -> Translation:
    """Two segments need a review."""
    [english] = begin(portal, "en")
    page = portal.article("Bài", lead="Mở đầu ngắn", image_caption="Lúa chín")
    done = submit(page, english)
    translate(done)
    page = ArticlePage.objects.get(pk=page.pk)
    page.lead, page.image_caption = "Mở đầu dài", "Lúa chín vàng"
    page.save_revision().publish()
    sync([page.pk])
    return done


def address(translation: Translation) -> str:
    return reverse("translation_reviews:review", args=[translation.pk])


def carried(text: str) -> StringTranslation:
    found: StringTranslation = StringTranslation.objects.get(translation_of__data=text)
    return found


def test_words_that_changed() -> None:
    pieces = compare_words("Mở <b>đầu</b> ngắn", "Mở <b>đầu</b> dài, hay")
    assert [(piece.kind, piece.text) for piece in pieces] == [
        ("same", "Mở <b>đầu</b> "), ("old", "ngắn"), ("new", "dài, hay"),
    ]  # fmt: skip


def test_difference_stands_beside_the_translation(
    admin_client: Client, translation: Translation
) -> None:
    page = admin_client.get(address(translation)).content.decode()
    assert "Mở đầu <del>ngắn</del><ins>dài</ins>" in page
    assert "Lúa chín<ins> vàng</ins>" in page
    assert re.search(r"<textarea[^>]+>EN Mở đầu ngắn</textarea>", page)


def test_editor_says_that_there_is_something_to_review(
    admin_client: Client, translation: Translation
) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    page = admin_client.get(edit).content.decode()
    assert "2 đoạn cần rà soát" in page
    assert address(translation) in page


def test_changed_and_ticked_texts_are_settled(
    admin_client: Client, translation: Translation
) -> None:
    lead, caption = carried("Mở đầu dài"), carried("Lúa chín vàng")
    answer = admin_client.post(
        address(translation),
        {
            f"text-{lead.pk}": "A long beginning",
            f"text-{caption.pk}": caption.data,
            f"right-{caption.pk}": "on",
        },
    )
    assert answer.status_code == 302
    lead.refresh_from_db()
    assert (lead.data, lead.translation_type) == ("A long beginning", "manual")
    assert lead.last_translated_by is not None
    assert not SegmentReview.objects.exists()
    assert state(translation.source.get_source_instance()).status == (
        TranslationState.Status.COMPLETE
    )


def test_what_was_not_looked_at_stays(admin_client: Client, translation: Translation) -> None:
    lead = carried("Mở đầu dài")
    admin_client.post(address(translation), {f"text-{lead.pk}": lead.data})
    assert SegmentReview.objects.count() == 2


@pytest.mark.parametrize("text", ["<p>Block</p>", '<a id="a1">Link</a>', " "])
def test_markup_that_the_source_has_not_is_refused(
    admin_client: Client, translation: Translation, text: str
) -> None:
    lead = carried("Mở đầu dài")
    answer = admin_client.post(
        address(translation), {f"text-{lead.pk}": text, f"right-{lead.pk}": "on"}
    )
    assert "aria-invalid" in answer.content.decode()
    lead.refresh_from_db()
    assert lead.data == "EN Mở đầu ngắn"


def test_leftovers_are_shown_and_ticked_off(admin_client: Client, translation: Translation) -> None:
    leftover = MergeLeftover.objects.create(
        translation=translation, path="body.1", after="Only in English"
    )
    assert "Only in English" in admin_client.get(address(translation)).content.decode()
    admin_client.post(address(translation), {"seen": ["x", str(leftover.pk)]})
    assert not MergeLeftover.objects.exists()


def test_who_may_not_edit_the_page_may_not_review(client: Client, translation: Translation) -> None:
    user = User.objects.create_user("reader", password="x")
    editors: Any = Group.objects.get(name="Biên tập viên")
    user.groups.add(editors)
    editors.page_permissions.all().delete()
    client.force_login(user)
    assert client.get(address(translation)).status_code in {302, 403}
    assert client.get(reverse("translation_reviews:review", args=[987_654])).status_code in {
        302, 404,
    }  # fmt: skip
