"""Links follow what becomes of the pages that they lead to (N12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Page, Site

from cms.changes.models import Change
from cms.pages.models import ContentPage, PublishedDocument
from cms.pages.verification import verify_documents
from cms.plugins.section.models import HomePage
from tests.factories import make_private, translate
from tests.fixtures.portal import Portal, read
from tests.translation.links import Linked, fresh, led_to, linking, public_path, unpublish


def _delete(page: ContentPage) -> None:
    Page.objects.get(pk=page.pk).delete()


def _make_section_private(page: ContentPage) -> None:
    make_private(page.get_parent())


def _move_out(page: ContentPage) -> None:
    root = HomePage(title="Elsewhere", slug="elsewhere", locale=page.locale)
    Page.objects.get(depth=1).add_child(instance=root)
    Site.objects.create(hostname="elsewhere.example", root_page=root)
    fresh(page).move(Page.objects.get(pk=root.pk), pos="last-child")


@pytest.mark.parametrize(
    "withdraw", [unpublish, make_private, _make_section_private, _delete, _move_out]
)
def test_links_leave_a_translation_that_is_withdrawn(
    portal: Portal, withdraw: Callable[[Any], Any]
) -> None:
    chosen = portal.document("1/KH-LMHTX")
    english = translate(chosen, "Geheim plan")
    host = translate(portal.article("Chủ", **linking(chosen)), "Host")
    assert "Geheim" in bytes(read(pk=host.pk).body).decode()
    withdraw(english)
    assert PublishedDocument.objects.get(pk=host.pk).stale
    body = bytes(read(pk=host.pk).body).decode()
    assert "Geheim" not in body
    assert "geheim" not in body
    assert led_to(host) == public_path(chosen)
    gone = Change.objects.filter(object_id=english.pk).latest("pk")
    assert gone.withdrawn
    assert set(gone.tags) & set(PublishedDocument.objects.get(pk=host.pk).tags)
    assert not list(verify_documents())


def test_links_find_a_translation_when_it_is_published(portal: Portal) -> None:
    chosen = portal.article("Bài")
    host = translate(portal.article("Chủ", **linking(chosen)), "Host")
    assert led_to(host) == public_path(chosen)
    english = translate(chosen, "Article")
    assert PublishedDocument.objects.get(pk=host.pk).stale
    assert led_to(host) == public_path(english)
    (come,) = Change.objects.filter(object_id=english.pk, reason="publish")
    assert set(come.tags) & set(PublishedDocument.objects.get(pk=host.pk).tags)
    assert not list(verify_documents())


@pytest.mark.parametrize("withdraw", [unpublish, make_private])
def test_links_come_back_with_the_translation(
    linked: Linked, withdraw: Callable[[Any], Any]
) -> None:
    restriction = withdraw(linked.english)
    assert led_to(linked.host) == public_path(linked.chosen)
    if withdraw is unpublish:
        fresh(linked.english).save_revision().publish()
    else:
        restriction.delete()
    assert led_to(linked.host) == public_path(linked.english)
    assert not list(verify_documents())


def test_links_follow_a_translation_that_moves(portal: Portal, linked: Linked) -> None:
    section = translate(portal.texts, "Documents")
    fresh(linked.english).move(Page.objects.get(pk=section.pk), pos="last-child")
    assert led_to(linked.host) == public_path(linked.english)
    assert public_path(linked.english).startswith(public_path(section))
    english = fresh(linked.english)
    english.slug = "renamed"
    english.save_revision().publish()
    assert led_to(linked.host).endswith("/renamed/")
    section = fresh(section)
    section.slug = "texts"
    section.save_revision().publish()
    assert led_to(linked.host) == public_path(linked.english) == "/en/texts/renamed/"
    assert not list(verify_documents())


def test_links_leave_a_translation_that_expires_to_the_second(
    portal: Portal, linked: Linked
) -> None:
    end = timezone.now() + timedelta(hours=1)
    english = fresh(linked.english)
    english.expire_at = end
    english.save_revision().publish()
    assert led_to(linked.host) == public_path(linked.english)
    with time_machine.travel(end + timedelta(seconds=1), tick=False):
        assert led_to(linked.host) == public_path(linked.chosen)


def test_link_to_a_hidden_page_with_a_public_translation_leads_there(linked: Linked) -> None:
    make_private(linked.chosen)
    assert led_to(linked.host) == public_path(linked.english)
    make_private(linked.english)
    assert led_to(linked.host) == ""
    linked.english.view_restrictions.get().delete()
    assert led_to(linked.host) == public_path(linked.english)
    assert not list(verify_documents())
