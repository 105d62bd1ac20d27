"""What the frontend is given of a draft."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from cms.delivery.models import PreviewToken
from cms.delivery.preview import tokens
from cms.plugins.article.models import ArticlePage, RelatedPage
from cms.plugins.registry import registry
from tests.delivery.conftest import Api
from tests.factories import block, make_every_type, make_private
from tests.fixtures.portal import Portal
from tests.preview.conftest import FRONTEND, Editor, read, show

PROJECT = Path(__file__).resolve().parents[2]
CANARY = "Kimtuyen4711"


def edit(page: ArticlePage, **fields: object) -> ArticlePage:
    """Saves a draft of a page."""
    draft: ArticlePage = page.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision()
    return draft


def test_a_saved_draft_is_shown_and_the_public_sees_nothing_of_it(
    editor: Editor, portal: Portal
) -> None:
    page = portal.article("Bài", lead="Bản đã đăng")
    edit(page, lead="Bản nháp", title="Tên mới")
    token = editor.draft(page)
    draft = show(token)
    assert (draft["lead"], draft["title"]) == ("Bản nháp", "Tên mới")
    public = Api().json(f"pages/{page.pk}")
    assert public["lead"] == "Bản đã đăng"
    assert set(draft) == set(public)
    for name in ("id", "type", "locale", "path", "slug", "parent", "published_at", "translations"):
        assert draft[name] == public[name]


def test_what_stands_in_the_form_is_shown(editor: Editor, portal: Portal) -> None:
    page = portal.article("Bài", lead="Bản đã đăng")
    first = editor.panel(page, lead="Đang gõ")
    second = editor.panel(page, lead="Đang gõ tiếp")
    assert show(first)["lead"] == "Đang gõ"
    assert show(second)["lead"] == "Đang gõ tiếp"
    assert page.get_latest_revision_as_object().lead == "Bản đã đăng"


def test_a_page_that_was_never_saved_is_shown(editor: Editor, portal: Portal) -> None:
    draft = show(editor.new(ArticlePage(title="Bài mới"), portal.news))
    assert (draft["id"], draft["title"], draft["published_at"]) == (None, "Bài mới", None)
    assert draft["parent"]["id"] == portal.news.pk
    assert draft["path"].startswith("/tin-tuc/")


def test_a_page_that_was_never_published_is_shown(editor: Editor, portal: Portal) -> None:
    page = portal.draft("Chưa đăng")
    assert show(editor.draft(page))["title"] == "Chưa đăng"
    assert Api().get(f"pages/{page.pk}").status_code == 404


def test_an_earlier_revision_is_shown(editor: Editor, portal: Portal) -> None:
    page = portal.article("Bài", lead="Một")
    revision = page.latest_revision
    edit(page, lead="Hai")
    token = editor.token(f"/admin/pages/{page.pk}/revisions/{revision.pk}/view/")
    assert show(token)["lead"] == "Một"
    assert show(editor.draft(page))["lead"] == "Hai"


def test_every_type_looks_as_it_will(portal: Portal) -> None:
    """The same builder: the draft of an unchanged page is the page, byte for byte but its dates."""
    from django.contrib.auth.models import User

    chief = Editor(User.objects.create_superuser("admin", "a@localhost", "x" * 20))
    for name, page in make_every_type(portal).items():
        draft, public = show(chief.draft(page)), Api().json(f"pages/{page.pk}")
        for one in (draft, public):
            one.pop("updated_at")
        assert draft == public, name


def test_every_type_can_be_shown_with_hardly_more_than_a_title(portal: Portal) -> None:
    from django.contrib.auth.models import User

    chief = Editor(User.objects.create_superuser("admin", "a@localhost", "x" * 20))
    needed = {
        "official_document": {"issued_on": "2027-01-05"},
        "video": {"video_url": "https://video.example.vn/1"},
    }
    for one in registry.pages():
        if one.name == "home":
            continue
        page: Any = one.model(title=f"Mới {one.name}", **needed.get(one.name, {}))
        draft = show(chief.new(page, portal.texts), include="json_ld")
        assert draft["type"] == one.name
        assert draft["json_ld"]


def test_fields_and_rich_text_are_as_everywhere(editor: Editor, portal: Portal) -> None:
    page = portal.article("Bài", body=[block("paragraph", "<p><b>Đậm</b></p>")])
    token = editor.draft(page)
    assert set(show(token, fields="title")) == {"id", "type", "title"}
    assert show(token, rich_text="markdown")["body"][0]["value"] == "**Đậm**"
    assert orjson.loads(read(token, fields="secret").content)["type"].endswith("unknown-field")
    assert orjson.loads(read(token, draft="1").content)["type"].endswith("unknown-parameter")


def test_json_ld_is_that_of_the_draft(editor: Editor, portal: Portal) -> None:
    page = portal.article("Bài")
    edit(page, title="Tên mới")
    draft = show(editor.draft(page), include="json_ld")
    described, trail = orjson.loads(draft["json_ld"])["@graph"]
    assert described["name"] == "Tên mới"
    assert [one["name"] for one in trail["itemListElement"]] == ["Trang chủ", "Tin tức", "Tên mới"]
    new = show(editor.new(ArticlePage(title="Bài mới"), portal.news), include="json_ld")
    assert "datePublished" not in orjson.loads(new["json_ld"])["@graph"][0]


def test_N30_a_draft_leads_to_no_other_draft(editor: Editor, portal: Portal) -> None:
    hidden = portal.draft(CANARY)
    private = portal.article(f"{CANARY} riêng")
    page = portal.article("Bài")
    edit(
        page,
        related_pages=[RelatedPage(target=hidden), RelatedPage(target=private)],
        body=[
            block("paragraph", f'<p><a linktype="page" id="{hidden.pk}">liên kết</a></p>'),
            block("page_cards", {"title": "", "pages": [hidden.pk, private.pk]}),
        ],
    )
    token = editor.draft(page)
    make_private(private)
    assert CANARY.lower() not in read(token).content.decode().lower()
    below = portal.draft("Dưới nháp", parent=hidden)
    assert show(editor.draft(below))["parent"] is None
    api = Api()
    bearer = {"Authorization": f"Bearer {token}"}
    for path in (f"pages/{page.pk}", "pages", f"drafts/{page.pk}", "menus/main", "changes"):
        assert api.get(path, headers=bearer).status_code == 401, path
        assert api.get(path, {"token": token}).status_code in (400, 404), path


def test_the_answer_is_kept_by_nobody(editor: Editor, portal: Portal, settings: Settings) -> None:
    settings.CMS_PUBLIC_CACHE_SECONDS = 60
    page = portal.article("Bài")
    token = editor.draft(page)
    for answer in (read(token), Api().get("preview", {"token": token})):
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "ETag" not in answer.headers
        assert "Cache-Tag" not in answer.headers


def test_the_frontends_origin_reads_it_in_the_browser(editor: Editor, portal: Portal) -> None:
    token = editor.draft(portal.article("Bài"))
    own, other = FRONTEND.partition("/xem")[0], "https://other.example.vn"
    for origin, allowed in ((own, own), (other, None)):
        answer = Api().get("preview", {"token": token}, {"Origin": origin})
        assert answer.headers.get("Access-Control-Allow-Origin") == allowed
        assert "origin" in answer.headers["Vary"].lower()


def test_without_a_frontend_the_built_in_page_shows_it(
    editor: Editor, portal: Portal, settings: Settings
) -> None:
    settings.CMS_PREVIEW_URL = None
    page = portal.article("Bài")
    edit(page, lead="Bản nháp")
    answer = editor.client.get(f"/admin/pages/{page.pk}/view_draft/")
    assert answer.status_code == 200
    assert "Bản nháp" in answer.content.decode()
    assert not PreviewToken.objects.exists()


def test_a_page_too_long_for_a_row_is_shown_by_the_built_in_page(
    editor: Editor, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "MAX_BYTES", 100)
    page = portal.article("Bài")
    assert editor.client.get(f"/admin/pages/{page.pk}/view_draft/").status_code == 200
    assert not PreviewToken.objects.exists()


def test_each_session_keeps_the_newest_few(
    editor: Editor, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "MAX_PER_SESSION", 3)
    page = portal.article("Bài")
    issued = [editor.draft(page) for _ in range(5)]
    assert PreviewToken.objects.count() == 3
    assert [read(token).status_code for token in issued] == [401, 401, 200, 200, 200]


def test_a_made_up_token_costs_no_query(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        for token in ("htp_" + "x" * 43 + "." + "y" * 43, "htp_", "nonsense", ""):
            assert read(token).status_code == 401
    assert len(queries) == 0


def test_drafts_are_imported_by_the_preview_alone() -> None:
    """``cms.pages.drafts`` is the way around the gate."""
    allowed = {
        "cms/delivery/apps.py",
        "cms/delivery/endpoints/drafts.py",
        "cms/delivery/preview/tokens.py",
        "cms/pages/models/page.py",
    }
    importers = {
        str(path.relative_to(PROJECT))
        for folder in ("cms", "search")
        for path in (PROJECT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "cms.pages.drafts"
    }
    assert importers == allowed
