"""Reading the two real pages: every fact of domain.md 1.3, as a reader of the API gets it."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from cms.pages.models import Organisation
from cms.pages.reading import load_document
from cms.plugins.official_document.models import OfficialDocumentPage
from tests.transfer.lines import HOME, NEWS, load, read, row_counts
from tests.transfer.texts import PLAN, TEXTS, blocks, run, seed

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal(db: None) -> None:
    load([HOME, NEWS, TEXTS])


@pytest.fixture
def plan(portal: None) -> dict[str, Any]:
    """The first real page's document as it is delivered."""
    run(seed("000_d5307778423c5793.txt"), type="official_document",
        under="/van-ban-kinh-te-tap-the/", publish=True)  # fmt: skip
    return read(PLAN)


def test_plan_has_its_number_date_type_and_issuer(plan: dict[str, Any]) -> None:
    assert plan["number"] == "60/KH-LMHTX"
    assert plan["issued_on"] == "2020-04-21"
    assert plan["document_type"] == "KH"
    assert plan["issuer"]["code"] == "lmhtx"
    assert plan["issuer"]["name"] == "LIÊN MINH HỢP TÁC XÃ TỈNH THỪA THIÊN HUẾ"
    subject = "Tiếp tục đổi mới công tác thi đua khen thưởng năm 2020 và giai đoạn 2020-2025"
    assert plan["abstract"] == subject
    assert plan["title"] == f"Kế hoạch số 60 /KH-LMHTX ngày 21/4/2020 {subject}"
    assert plan["slug"] == "60-kh-lmhtx"
    assert plan["published_at"] == "2020-04-22T05:00:00Z"  # noon in Việt Nam, the day it was posted


def test_plan_has_its_five_references_and_not_the_sites_licence(plan: dict[str, Any]) -> None:
    references = [(ref["relation"], ref["number"], ref["issued_on"]) for ref in plan["references"]]
    assert references == [
        ("implements", "2347/UBND-TTr", "2020-03-24"),
        ("implements", "2349/UBND-TTr", "2020-03-24"),
        ("cites", "34-CT/TW", "2014-04-07"),
        ("cites", "54-NQ/TW", "2019-12-10"),
        ("cites", "18/CT-TTg", "2016-05-19"),
    ]
    by_number = {ref["number"]: ref for ref in plan["references"]}
    assert by_number["2347/UBND-TTr"]["issuer"] == "UBND tỉnh"
    assert by_number["34-CT/TW"]["issuer"] == "Bộ Chính trị"
    assert by_number["54-NQ/TW"]["issuer"] == "Bộ Chính trị"
    assert by_number["2347/UBND-TTr"]["evidence"].startswith("Thực hiện công văn số 2347/UBND-TTr")
    assert by_number["34-CT/TW"]["evidence"].startswith("theo tinh thần Chỉ thị số 34-CT/TW")
    assert by_number["18/CT-TTg"]["evidence"].startswith("theo tinh thần Chỉ thị số 18/CT-TTg")
    assert "03/GT-TTĐT" not in orjson.dumps(plan).decode()
    assert {ref["status"] for ref in plan["resolved_references"]} == {"open"}


def test_plan_has_its_tree_of_provisions(plan: dict[str, Any]) -> None:
    body = plan["body"]
    assert [block["type"] for block in body] == ["paragraph", *["section"] * 3, "paragraph"]
    sections = blocks(body, "section")
    assert [section["number"] for section in sections] == ["I", "II", "III"]
    assert [section["heading"][:11] for section in sections] == [
        "MỤC ĐÍCH, Y", "PHƯƠNG HƯỚN", "TỔ CHỨC THỰ",
    ]  # fmt: skip
    clauses = [blocks(section["items"], "clause") for section in sections]
    assert [[clause["number"] for clause in section] for section in clauses] == [
        ["1", "2", "3", "4"], ["1", "2"], ["1", "2"],
    ]  # fmt: skip
    bullets = [[len(blocks(clause["items"], "bullet")) for clause in c] for c in clauses]
    assert bullets == [[0, 0, 0, 0], [4, 8], [3, 3]]
    assert clauses[2][0]["heading"] == "Đối với các Hợp tác xã, đơn vị thành viên"
    assert clauses[0][1]["text"].startswith("<p>Tiếp tục quán triệt sâu sắc tư tưởng")


def test_plan_begins_and_ends_as_printed(plan: dict[str, Any]) -> None:
    assert plan["body"][0]["value"].startswith("<p>Thực hiện công văn số 2347/UBND-TTr")
    assert plan["body"][-1]["value"].startswith("<p>Trên đây là Kế hoạch")
    assert plan["body"][-1]["value"].endswith("chỉ đạo kịp thời./.</p>")


def test_sites_chrome_is_left_out_and_reported(portal: None) -> None:
    said = run(seed("000_d5307778423c5793.txt"), type="official_document",
               under="/van-ban-kinh-te-tap-the/")  # fmt: skip
    for line in (
        "left out (navigation): Trang chủ | Giới thiệu",
        "left out (statistics): THỐNG KÊ TRUY CẬP | Truy cập hiện tại: 62",
        "left out (byline): ADMIN",
        "left out (posted_on): Ngày 22/04/2020",
        "left out (widget): Ảnh nổi bật",
        "left out (footer): LIÊN MINH HỢP TÁC XÃ TỈNH THỪA THIÊN HUẾ | Địa chỉ: 16",
        "left out (licence): Sở Thông tin & Truyền thông Tỉnh cấp giấy phép số: 03/GT-TTĐT",
        "found number: 60/KH-LMHTX",
        "found body: 2 paragraph, 3 section, 8 clause, 18 bullet",
        "made the shared record organisation lmhtx",
        f"{PLAN}: created, not published",
    ):
        assert line in said


def test_document_that_comes_later_resolves_the_reference(plan: dict[str, Any]) -> None:
    letter = {
        "type": "official_document", "path": "/van-ban-kinh-te-tap-the/2347/", "locale": "vi",
        "title": "Công văn 2347", "number": "2347/UBND-TTr", "issued_on": "2020-03-24",
        "document_type": "CV", "abstract": "V/v thi đua",
    }  # fmt: skip
    assert load([letter]).said == []
    resolved = read(PLAN)["resolved_references"]
    assert [ref["status"] for ref in resolved] == ["resolved", *["open"] * 4]


def test_text_is_a_draft_unless_it_is_published(portal: None) -> None:
    path = seed("000_d5307778423c5793.txt")
    options = {"type": "official_document", "under": "/van-ban-kinh-te-tap-the/"}
    run(path, **options)
    assert load_document(path=PLAN) is None
    draft = OfficialDocumentPage.objects.get()
    assert draft.get_latest_revision_as_object().number == "60/KH-LMHTX"
    assert "nothing to change, not published" in run(path, **options)
    assert "updated, published" in run(path, publish=True, **options)
    before = row_counts()
    assert "nothing to change, published" in run(path, publish=True, **options)
    assert row_counts() == before
    assert OfficialDocumentPage.objects.get().pk == draft.pk


def test_second_document_with_the_number_gets_the_date_into_its_path(portal: None) -> None:
    load([{
        "type": "official_document", "path": PLAN, "locale": "vi", "title": "Kế hoạch khác",
        "number": "60/KH-LMHTX", "issued_on": "2019-01-01", "document_type": "KH",
        "abstract": "Khác",
    }])  # fmt: skip
    said = run(seed("000_d5307778423c5793.txt"), type="official_document",
               under="/van-ban-kinh-te-tap-the/")  # fmt: skip
    assert "/van-ban-kinh-te-tap-the/60-kh-lmhtx-2020-04-21/: created" in said


def test_issuer_that_is_known_is_not_made_again(portal: None) -> None:
    Organisation.objects.create(code="LMHTX", name="Liên minh HTX tỉnh")
    run(seed("000_d5307778423c5793.txt"), type="official_document",
        under="/van-ban-kinh-te-tap-the/", publish=True)  # fmt: skip
    assert read(PLAN)["issuer"]["name"] == "Liên minh HTX tỉnh"
    assert Organisation.objects.count() == 1


def test_article_has_title_author_and_paragraphs(portal: None) -> None:
    said = run(seed("002_775e86c934c96055.txt"), type="article", under="/tin-tuc/", publish=True)
    path = said.rstrip().splitlines()[-1].partition(":")[0]
    page = read(path)
    assert page["title"] == (
        "Đẩy mạnh công tác thi đua khen thưởng tạo động lực thúc đẩy phát triển kinh tế tập "
        "thể, hợp tác xã."
    )
    assert page["byline_unit"]["code"] == "pkh"
    assert page["byline_unit"]["name"] == "PKH"
    assert page["byline_person"] is None
    paragraphs = blocks(page["body"], "paragraph")
    assert len(paragraphs) == len(page["body"]) == 3
    assert paragraphs[0].startswith("<p>Ngày 10/8/2017, Liên minh hợp tác xã tỉnh đã tổ chức")
    assert paragraphs[1].startswith("<p>Nội dung của chương trình phối hợp nhằm: Một là,")
    assert paragraphs[2].endswith("chất lượng và đạt hiệu quả.</p>")
    for line in (
        "found section of the old site: Khen thưởng - xử phạt",
        "left out (section_title): Khen thưởng - xử phạt Khen thưởng - xử phạt",
        "left out (byline): PKH",
        "left out (widget): Văn Bản Mới Văn Bản Mới | • 4454/QĐ-BNN-VPĐP (24/11/2020)",
        "left out (statistics): Thống Kê Truy Cập Thống Kê Truy Cập | Đang truy cập: 5",
    ):
        assert line in said
    delivered = orjson.dumps(page).decode()
    assert "49717045" not in delivered
    assert "4454/QĐ-BNN-VPĐP" not in delivered
