"""What editors find in the admin, and what they type for it."""

from __future__ import annotations

import unicodedata

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from wagtail.models import GroupPagePermission, Page
from wagtail.search.backends import get_search_backend

from cms.pages.models import (
    Organisation,
    OrganisationName,
    Person,
    PortalDocument,
    PortalImage,
    Topic,
)
from cms.plugins.article.models import ArticlePage
from cms.plugins.official_document.models import OfficialDocumentPage
from tests.editor.plan import make_plan
from tests.factories import make_file, make_image
from tests.fixtures.portal import Portal
from tests.search.admin.conftest import Ask


@pytest.fixture
def plan(portal: Portal) -> OfficialDocumentPage:
    """A plan with the number 60/KH-LMHTX among others that are like it, or mention it."""
    portal.document("605/KH-LMHTX", abstract="Kế hoạch khác")
    portal.document("06/KH-LMHTX", abstract="Hướng dẫn thực hiện Kế hoạch số 60/KH-LMHTX")
    portal.article("Tin về đại hội")
    return make_plan(portal)


@pytest.mark.parametrize(
    "query",
    [
        "Kế hoạch số 60",
        "ke hoach 60",
        "KẾ HOẠCH 60",
        "kế hoach 60",
        unicodedata.normalize("NFD", "Kế hoạch số 60"),
        "60/KH-LMHTX",
        "60 /KH-LMHTX",
        "60–KH/LMHTX",
        "60/kh-lmhtx",
        "60 KH LMHTX",
        "60-kh-lmhtx",
        "60khlmhtx",
        "60/KH-LM",
        "Số: 60/KH-LMHTX",
        "kế hoạch 060",
        "tap huan ke to",
        "ke toan HTX",
        "kế toán hợp tác xã",
        "ke toan hop tac",
        '"kế toán hợp tác xã"',
        "giang vien, tai lieu",
    ],
)
def test_finds_a_plan_by_whatever_an_editor_types(
    plan: OfficialDocumentPage, ask: Ask, query: str
) -> None:
    assert ask(Page, query)[0].pk == plan.pk


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Hoà giải ở cơ sở", "hòa giải"),
        ("Hòa giải ở cơ sở", "hoà giải"),
        ("Kĩ thuật nuôi ong", "kỹ thuật"),
        ("Đại hội Đảng bộ", "dai hoi dang"),
        ("Liên minh HTX tỉnh", "liên minh hợp tác xã"),
        ("Liên minh hợp tác xã tỉnh", "LMHTX"),
        ("Nghị định 42/2022/NĐCP", "42/2022/NĐ-CP"),
        ("Họp ngày 05/04/2026", "5/4/2026"),
        ("Cooperatives' growth", "cooperatives growth"),
        ("Développement rural", "developpement"),
        ("Розвиток кооперативів", "розв"),
    ],
)
def test_finds_a_title_in_another_spelling(
    portal: Portal, ask: Ask, title: str, query: str
) -> None:
    assert ask(ArticlePage, query) == []
    page = portal.article(title)
    assert ask(ArticlePage, query) == [page]


def test_each_beginning_of_what_is_typed_finds_it(plan: OfficialDocumentPage, ask: Ask) -> None:
    typed = "ke hoach tap huan"
    for end in range(1, len(typed) + 1):
        assert plan in ask(OfficialDocumentPage, typed[:end])


def test_a_search_for_whole_words_finds_no_beginnings(plan: OfficialDocumentPage, ask: Ask) -> None:
    assert ask(OfficialDocumentPage, "tap hua") == [plan]
    backend = get_search_backend()
    assert list(backend.search("tap hua", OfficialDocumentPage)) == []
    assert list(backend.search("tap huan", OfficialDocumentPage)) == [plan]


def test_what_lacks_a_word_is_not_found(plan: OfficialDocumentPage, ask: Ask) -> None:
    assert ask(Page, "kế hoạch 60 quỹ đen") == []


def test_titles_come_first_then_abstracts_then_bodies(portal: Portal, ask: Ask) -> None:
    body = portal.article("Tin một", body=[{"type": "paragraph", "value": "<p>mật ong rừng</p>"}])
    title = portal.article(
        "Chợ phiên: mật ong rừng",
        body=[{"type": "paragraph", "value": f"<p>{'gian hàng nông sản của huyện ' * 200}</p>"}],
    )
    lead = portal.article("Tin hai", lead="Mật ong rừng được mùa")
    assert ask(ArticlePage, "mat ong rung") == [title, lead, body]


def test_a_whole_number_comes_before_one_that_begins_like_it(portal: Portal, ask: Ask) -> None:
    longer, shorter = portal.document("123/QĐ-UBND"), portal.document("12/QĐ-UBND")
    assert ask(OfficialDocumentPage, "12") == [shorter, longer]


def test_drafts_are_found(portal: Portal, ask: Ask) -> None:
    draft = portal.draft("Báo cáo chưa đăng")
    assert ask(ArticlePage, "bao cao chua dang") == [draft]


def test_a_page_is_found_by_what_is_published_and_by_its_unpublished_changes(
    portal: Portal, ask: Ask
) -> None:
    page = portal.article("Lễ khai mạc", lead="Tại hội trường")
    page.title, page.lead = "Lễ bế mạc", "Ngoài sân vận động"
    page.save_revision()
    for query in ("le khai mac", "hoi truong", "le be mac", "san van dong"):
        assert ask(ArticlePage, query) == [page]
    page.save_revision().publish()
    assert ask(ArticlePage, "khai mac") == []


def test_finds_images_by_title_description_file_name_credit_and_tag(
    portal: Portal, ask: Ask
) -> None:
    image = make_image("Ruộng bậc thang")
    image.description, image.credit = "Mùa lúa chín", "Ảnh: Văn Tâm"
    image.save()
    image.tags.add("Tây Bắc")
    name = image.filename.partition(".")[0]
    for query in ("ruong bac", "lua chin", "van tam", "tay bac", name):
        assert ask(PortalImage, query) == [image]


def test_finds_files_by_title_file_name_and_tag(portal: Portal, ask: Ask) -> None:
    file = make_file("Mẫu điều lệ")
    file.tags.add("biểu mẫu")
    for query in ("mau dieu le", "bieu mau", file.filename):
        assert ask(PortalDocument, query) == [file]


def test_finds_shared_records(db: None, ask: Ask) -> None:
    body = Organisation.objects.create(
        code="LMHTX", name="Liên minh Hợp tác xã tỉnh", short_name="Liên minh"
    )
    body.names = [OrganisationName(name="Hội đồng Liên minh cũ")]
    body.save()
    person = Person.objects.create(slug="a", full_name="Lê Thị Hạnh", position="Chủ tịch")
    topic = Topic.objects.create(name="Đào tạo", slug="dao-tao")
    for query in ("lien minh htx", "LMHTX", "hợp tác xã", "hoi dong lien minh cu"):
        assert ask(Organisation, query) == [body]
    assert ask(Person, "hanh le") == ask(Person, "chu tich") == [person]
    assert ask(Topic, "dao t") == [topic]


ADDRESSES = {
    "the explorer": "/admin/pages/{texts}/results/?q={q}",
    "the search of all pages": "/admin/pages/search/results/?q={q}",
    "the page chooser": "/admin/choose-page/search/?q={q}",
    "the image list": "/admin/images/results/?q={q}",
    "the image chooser": "/admin/images/chooser/results/?q={q}",
    "the file list": "/admin/documents/results/?q={q}",
    "the file chooser": "/admin/documents/chooser/results/?q={q}",
    "the list of bodies": "/admin/snippets/pages/organisation/results/?q={q}",
    "the chooser of bodies": "/admin/snippets/choose/pages/organisation/results/?q={q}",
}


@pytest.mark.parametrize("place", ADDRESSES)
def test_every_list_and_chooser_of_the_admin_searches_so(
    admin_client: Client, portal: Portal, ask: Ask, place: str
) -> None:
    name = "Kế hoạch số 60"
    portal.draft(name, parent=portal.texts)
    make_image(name)
    make_file(name)
    Organisation.objects.create(code="KH60", name=name)
    ask(Page, name)
    address = ADDRESSES[place]
    for query, found in (("ke hoach 60", True), ("ke hoach 61", False)):
        answer = admin_client.get(address.format(texts=portal.texts.pk, q=query))
        assert answer.status_code == 200
        assert (name in answer.content.decode()) is found


def _permission(codename: str) -> Permission:
    return Permission.objects.get(codename=codename)


def test_an_editor_finds_only_what_that_editor_may_see(
    client: Client, portal: Portal, ask: Ask
) -> None:
    editor = User.objects.create_user("bientap", password="mật khẩu đủ dài")
    group = editor.groups.create(name="Tin tức")
    for permission in ("add_page", "change_page"):
        GroupPagePermission.objects.create(
            group=group, page=portal.news, permission=_permission(permission)
        )
    group.permissions.add(_permission("access_admin"))
    client.force_login(editor)
    portal.draft("Hội nghị mở", parent=portal.news)
    portal.draft("Hội nghị kín", parent=portal.texts)
    ask(Page, "hoi nghi")
    shown = client.get("/admin/pages/search/results/?q=hoi+nghi").content.decode()
    assert "Hội nghị mở" in shown
    assert "Hội nghị kín" not in shown
