"""When a preview token ends, and that nothing tells one end from another (N30, N31, N32)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.signing import Signer
from django.test import override_settings
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import GroupPagePermission, Page

from cms.changes.worker import registered_duties
from cms.delivery.models import PreviewToken
from cms.plugins.article.models import ArticlePage
from tests.fixtures.portal import Portal, publish
from tests.preview.conftest import PASSWORD, Editor, read, show

type End = Callable[[Editor, ArticlePage], None]


def publication(editor: Editor, page: ArticlePage) -> None:
    page.get_latest_revision().publish()


def logout(editor: Editor, page: ArticlePage) -> None:
    assert editor.client.post("/admin/logout/").status_code == 302


def end_of_session(editor: Editor, page: ArticlePage) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def change_of_password(editor: Editor, page: ArticlePage) -> None:
    user = User.objects.get(pk=editor.user.pk)
    user.set_password("một mật khẩu khác")
    user.save()


def loss_of_permission(editor: Editor, page: ArticlePage) -> None:
    GroupPagePermission.objects.filter(group__name="Tin tức").delete()


def loss_of_group(editor: Editor, page: ArticlePage) -> None:
    editor.user.groups.clear()


def deactivation(editor: Editor, page: ArticlePage) -> None:
    User.objects.filter(pk=editor.user.pk).update(is_active=False)


def deletion_of_user(editor: Editor, page: ArticlePage) -> None:
    editor.user.delete()


def deletion_of_page(editor: Editor, page: ArticlePage) -> None:
    page.delete()


def deletion_of_parent(editor: Editor, page: ArticlePage) -> None:
    page.get_parent().delete()


def move_out_of_reach(editor: Editor, page: ArticlePage) -> None:
    page.move(Page.objects.get(slug="van-ban"), pos="last-child")


def disabled_plugin(editor: Editor, page: ArticlePage) -> None:
    from django.conf import settings

    settings.CMS_DISABLED_PLUGINS = [*settings.CMS_DISABLED_PLUGINS, "article"]


def other_key(editor: Editor, page: ArticlePage) -> None:
    from django.conf import settings

    settings.SECRET_KEY = "another-key-" + "0123456789" * 5


ENDS: list[End] = [
    publication, logout, end_of_session, change_of_password, loss_of_permission, loss_of_group,
    deactivation, deletion_of_user, deletion_of_page, deletion_of_parent, move_out_of_reach,
    disabled_plugin, other_key,
]  # fmt: skip


@pytest.mark.parametrize("end", ENDS, ids=lambda end: str(end.__name__))
def test_N30_a_token_ends(editor: Editor, portal: Portal, settings: Settings, end: End) -> None:
    settings.CMS_DISABLED_PLUGINS = list(settings.CMS_DISABLED_PLUGINS)
    page = portal.article("Bài")
    tokens = [editor.draft(page), editor.panel(page, lead="Đang gõ")]
    assert [read(token).status_code for token in tokens] == [200, 200]
    wrong = read("htp_wrong")
    end(editor, ArticlePage.objects.get(pk=page.pk))
    for token in tokens:
        answer = read(token)
        assert (answer.status_code, answer.content) == (401, wrong.content)
        assert dict(answer.headers) == dict(wrong.headers)


def test_N30_a_token_ends_with_time_without_any_other_activity(
    editor: Editor, portal: Portal, settings: Settings
) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        token = editor.draft(portal.article("Bài"))
        clock.move_to(start + timedelta(minutes=59, seconds=59))
        assert read(token).status_code == 200
        settings.CMS_PREVIEW_MINUTES = 5
        assert read(token).status_code == 401
        settings.CMS_PREVIEW_MINUTES = 60
        clock.move_to(start + timedelta(minutes=60))
        assert read(token).status_code == 401


def test_old_rows_are_removed_by_the_worker(editor: Editor, portal: Portal) -> None:
    page = portal.article("Bài")
    (duty,) = (one for one in registered_duties() if one.name == "remove_previews")
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        editor.draft(page)
        clock.move_to(start + timedelta(minutes=30))
        kept = editor.draft(page)
        assert list(duty.due()) == []
        clock.move_to(start + timedelta(minutes=61))
        assert [duty.run(key) for key in duty.due()] == [True]
        assert list(duty.due()) == []
        assert PreviewToken.objects.count() == 1
        assert read(kept).status_code == 200


def test_a_new_pages_token_ends_when_the_page_is_published(editor: Editor, portal: Portal) -> None:
    token = editor.new(ArticlePage(title="Bài mới"), portal.news)
    portal.article("Bài của người khác")
    assert read(token).status_code == 200
    publish(portal.news, ArticlePage(title="Bài mới", owner=editor.user))
    assert read(token).status_code == 401


def test_a_draft_saved_meanwhile_does_not_end_it(editor: Editor, portal: Portal) -> None:
    page = portal.article("Bài")
    token = editor.draft(page)
    page.lead = "Mới hơn"
    page.save_revision()
    assert show(token)["lead"] == ""


def test_another_editors_logout_changes_nothing(editor: Editor, portal: Portal) -> None:
    page = portal.article("Bài")
    other = Editor(User.objects.create_superuser("admin", "a@localhost", PASSWORD))
    token, theirs = editor.draft(page), other.draft(page)
    other.client.post("/admin/logout/")
    assert [read(token).status_code, read(theirs).status_code] == [200, 401]


def test_reading_leaves_the_session_alone(editor: Editor, portal: Portal) -> None:
    token = editor.draft(portal.article("Bài"))
    before = list(Session.objects.values_list("session_key", "session_data", "expire_date"))
    assert read(token).status_code == 200
    assert list(Session.objects.values_list("session_key", "session_data", "expire_date")) == before


def test_N32_a_key_that_is_changed_keeps_tokens_while_the_old_one_is_a_fallback(
    editor: Editor, portal: Portal, settings: Settings
) -> None:
    token = editor.draft(portal.article("Bài"))
    old = settings.SECRET_KEY
    with override_settings(SECRET_KEY="b" * 60, SECRET_KEY_FALLBACKS=[old]):
        assert read(token).status_code == 200
    with override_settings(SECRET_KEY="b" * 60):
        assert read(token).status_code == 401


def test_N31_other_spellings_are_wrong(editor: Editor, portal: Portal) -> None:
    token = editor.draft(portal.article("Bài"))
    value, _, signature = token.removeprefix("htp_").partition(".")
    wrong = read("htp_wrong")
    for spelling in (
        token[:-1], token + "A", token.upper(), token.removeprefix("htp_"), f"htc_{value}",
        f"htp_{value}", f"htp_{value}.", f"htp_.{signature}", f"htp_{value}:{signature}",
        "htp_" + Signer(salt="other", sep=".").sign(value),
        "htp_" + Signer(key="k" * 50, salt="cms.delivery.preview", sep=".").sign(value),
        "htp_" + Signer(salt="cms.delivery.preview", sep=".").sign(value[:-1]),
        "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", "htp_\u0301é", "x" * 3000,
    ):  # fmt: skip
        answer = read(spelling)
        assert (answer.status_code, answer.content) == (401, wrong.content), spelling
        assert dict(answer.headers) == dict(wrong.headers)


def test_N31_the_token_is_kept_as_a_digest_alone(editor: Editor, portal: Portal) -> None:
    token = editor.draft(portal.article("Bài"))
    value, _, signature = token.removeprefix("htp_").partition(".")
    assert len(value) == 43  # 256 bits
    kept = str(list(PreviewToken.objects.values()))
    assert value not in kept
    assert signature not in kept
