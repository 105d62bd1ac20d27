"""The admin speaks Vietnamese: all of this project's words, and no page of it breaks on them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from wagtail.models import Collection, GroupCollectionPermission, Page, Task, Workflow
from wagtail.users.models import UserProfile

from cms.plugins.official_document.models import OfficialDocumentPage
from scripts.check_messages import find_catalogue_problems, find_untranslated
from scripts.prepare import ensure_admin


def test_every_message_of_this_project_is_translated() -> None:
    assert list(find_untranslated()) == []
    assert list(find_catalogue_problems()) == []


@pytest.mark.django_db
def test_the_first_account_reads_vietnamese(tmp_path: Path) -> None:
    ensure_admin(tmp_path / "password")
    profile = UserProfile.get_for_user(User.objects.get(username="admin"))
    assert profile.get_preferred_language() == profile.preferred_language == "vi"


@pytest.mark.parametrize(
    "path", ["users", "snippets/translation/glossaryterm", "snippets/search/abbreviation"]
)
def test_a_tick_is_read_out_in_vietnamese(admin_client: Client, path: str) -> None:
    page = admin_client.get(f"/admin/{path}/").content.decode()
    assert set(re.findall(r"w-sr-only\">\s*(có|không|True|False)\s*<", page)) == {"có"}


@pytest.mark.django_db
def test_what_wagtail_brings_has_vietnamese_names_and_keeps_its_rights() -> None:
    groups = Group.objects.order_by("name")
    assert [group.name for group in groups] == ["Biên tập viên", "Người duyệt"]
    for group in groups:
        rights = {right.codename for right in group.permissions.all()}
        assert {"access_admin", "submit_translation"} <= rights
        library = GroupCollectionPermission.objects.filter(group=group)
        kinds = set(library.values_list("permission__codename", flat=True))
        assert {"add_image", "add_document"} <= kinds
    assert Workflow.objects.get().name == "Quy trình duyệt"
    assert Task.objects.get().name == "Duyệt nội dung"
    assert (Page.get_first_root_node().title, Collection.get_first_root_node().name) == (
        "Gốc",
        "Gốc",
    )


@pytest.mark.parametrize(
    "path",
    [
        "",
        "pages/",
        "pages/{section}/",
        "pages/{section}/add_subpage/",
        "pages/{section}/edit/",
        "pages/{plan}/edit/",
        "pages/{plan}/history/",
        "pages/{plan}/usage/",
        "pages/{plan}/copy/",
        "pages/{plan}/move/",
        "pages/{plan}/delete/",
        "pages/{plan}/unpublish/",
        "pages/{plan}/view_draft/",
        "pages/add/official_document/officialdocumentpage/{section}/",
        "pages/search/?q=ke%20hoach",
        "choose-page/",
        "images/",
        "images/add/",
        "documents/",
        "documents/multiple/add/",
        "users/",
        "users/new/",
        "groups/new/",
        "account/",
        "reports/locked/",
        "reports/workflow/",
        "reports/site-history/",
        "reports/aging-pages/",
        "failures/",
        "redirects/",
        "collections/",
        "sites/",
        "locales/",
        "workflows/list/",
        "snippets/pages/topic/",
        "snippets/delivery/menu/",
        "settings/portal/sitefacts/",
    ],
)
def test_a_page_of_the_admin_opens(
    admin_client: Client, plan: OfficialDocumentPage, path: str
) -> None:
    url = path.format(plan=plan.pk, section=plan.get_parent().pk)
    answer = admin_client.get(f"/admin/{url}", follow=True)
    assert answer.status_code == 200
    assert not answer.redirect_chain or "login" not in answer.redirect_chain[-1][0]


@pytest.mark.django_db
def test_the_login_page_is_vietnamese(client: Client) -> None:
    body = client.get("/admin/login/").content.decode()
    assert "Mật khẩu" in body
    assert "Password" not in re.sub(r"<[^>]*>", "", body)
