"""Whole pages: an issued document and an article, with the site around them left out."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.collation import sort_key
from cms.vietnamese.document_text import read_article_text, read_document_text
from cms.vietnamese.lint import lint

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
PAGE_LINES = st.lists(
    st.sampled_from(
        [
            "Trang chủ",
            "Thông báo Thông báo",
            "Hôm nay: 858",
            "Kế hoạch số 60/KH-LMHTX ngày 21/4/2020 Tiếp tục",
            "Số: 60/KH-LMHTX",
            "KẾ HOẠCH",
            "Ngày 22/04/2020",
            "ADMIN",
            "Địa chỉ: 16 đường",
            "giấy phép số: 03/GT-TTĐT",
            "I. MỤC ĐÍCH",
            "Câu văn " * 40,
            "",
        ]
    )
)

PRINTED = """\
LIÊN MINH HỢP TÁC XÃ VIỆT NAM
LIÊN MINH HTX TỈNH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 07/KH-LMHTX
Huế, ngày 05 tháng 01 năm 2024

KẾ HOẠCH
Phát triển hợp tác xã
năm 2024

Căn cứ Luật Hợp tác xã số 17/2023/QH15;
I. MỤC TIÊU
1. Thành lập mới 10 HTX.
Trên đây là Kế hoạch năm 2024./.
Nơi nhận:
- Như trên;
TM. BAN THƯỜNG VỤ
CHỦ TỊCH

Trần Văn An
"""


def test_plan_names_itself(plan_page: str) -> None:
    document = read_document_text(plan_page)
    assert document.number is not None
    assert document.number.canonical == "60/KH-LMHTX"
    assert document.issued_on == dt.date(2020, 4, 21)
    assert (document.type_code, document.issuer_code) == ("KH", "LMHTX")


def test_plan_has_title_and_abstract(plan_page: str) -> None:
    document = read_document_text(plan_page)
    assert document.title.startswith("Kế hoạch số 60 /KH-LMHTX ngày 21/4/2020 ")
    assert document.title.endswith(document.abstract)
    assert document.abstract == (
        "Tiếp tục đổi mới công tác thi đua khen thưởng năm 2020 và giai đoạn 2020-2025"
    )


def test_plan_was_posted_a_day_later_by_an_account(plan_page: str) -> None:
    document = read_document_text(plan_page)
    assert document.posted_on == dt.date(2020, 4, 22)
    assert document.byline is not None
    assert (document.byline.text, document.byline.kind) == ("ADMIN", "account")


def test_plan_refers_to_five_documents(plan_page: str) -> None:
    document = read_document_text(plan_page)
    assert {item.number.canonical: item.relation for item in document.citations} == {
        "2347/UBND-TTr": "implements",
        "2349/UBND-TTr": "implements",
        "34-CT/TW": "cites",
        "54-NQ/TW": "cites",
        "18/CT-TTg": "cites",
    }
    for item in document.citations:
        assert document.body_text[item.start : item.end] == item.evidence


def test_plan_has_the_structure_of_the_original(plan_page: str) -> None:
    body = read_document_text(plan_page).body
    assert len(body.preamble) == 1
    shape = [
        [(clause.number, len(clause.children)) for clause in section.children]
        for section in body.provisions
    ]
    assert shape == [
        [("1", 0), ("2", 0), ("3", 0), ("4", 0)],
        [("1", 4), ("2", 8)],
        [("1", 3), ("2", 3)],
    ]
    assert [node.text.endswith("./.") for node in body.closing] == [True]


def test_plan_leaves_the_licence_to_the_site(plan_page: str) -> None:
    document = read_document_text(plan_page)
    (licence,) = [left.text for left in document.left_out if left.reason == "licence"]
    assert "03/GT-TTĐT" in licence
    assert "18/8/2014" in licence
    assert "03/GT-TTĐT" not in document.body_text


def test_plan_reports_all_it_left_out(plan_page: str) -> None:
    left_out = read_document_text(plan_page).left_out
    by_reason = {left.reason: left.text for left in left_out}
    assert by_reason["navigation"].count("\n") == 6
    assert "Truy cập hiện tại: 62" in by_reason["statistics"]
    assert "Tháng 8: 14,839" in by_reason["statistics"]
    assert [left.text for left in left_out if left.reason == "widget"] == [
        "Ảnh nổi bật",
        "Video tổng hợp",
    ]
    footer = "\n".join(left.text for left in left_out if left.reason == "footer")
    assert footer.startswith("LIÊN MINH HỢP TÁC XÃ TỈNH THỪA THIÊN HUẾ\nĐịa chỉ")
    assert "Design by" in footer


@pytest.mark.parametrize("reader", [read_document_text, read_article_text])
def test_every_line_of_a_real_page_is_somewhere(
    reader: type, plan_page: str, article_page: str
) -> None:
    for page in (plan_page, article_page):
        read = reader(page)
        body = getattr(read, "body_text", "") or "\n".join(getattr(read, "paragraphs", ()))
        kept = [read.title, *body.split("\n")]
        for left in read.left_out:
            kept += left.text.split("\n")
        expected = [line.strip() for line in page.replace("\u00a0", " ").split("\n")]
        assert sorted(line for line in kept if line) == sorted(line for line in expected if line)


def test_article_has_title_section_and_paragraphs(article_page: str) -> None:
    article = read_article_text(article_page)
    assert article.section == "Khen thưởng - xử phạt"
    assert article.title.startswith("Đẩy mạnh công tác thi đua khen thưởng")
    assert len(article.paragraphs) == 3
    assert article.paragraphs[0].startswith("Ngày 10/8/2017, Liên minh")
    assert article.paragraphs[-1].endswith("đạt hiệu quả.")
    assert article.citations == ()


def test_article_is_signed_by_a_unit(article_page: str) -> None:
    article = read_article_text(article_page)
    assert article.byline is not None
    assert (article.byline.text, article.byline.kind) == ("PKH", "unit")
    assert article.posted_on is None


def test_article_reports_section_boxes_and_counter(article_page: str) -> None:
    left_out = read_article_text(article_page).left_out
    assert [left.reason for left in left_out] == [
        "section_title",
        "byline",
        "widget",
        "widget",
        "statistics",
    ]
    documents = left_out[2].text
    assert documents.startswith("Văn Bản Mới Văn Bản Mới")
    assert documents.count("•") == 5
    assert "Tất cả: 49717045" in left_out[4].text


def test_a_printed_document_is_read_by_its_head() -> None:
    document = read_document_text(PRINTED)
    assert document.number is not None
    assert document.number.canonical == "7/KH-LMHTX"
    assert document.issued_on == dt.date(2024, 1, 5)
    assert document.type_code == "KH"
    assert document.title == "Kế hoạch Phát triển hợp tác xã năm 2024"
    assert document.abstract == "Phát triển hợp tác xã năm 2024"
    assert document.body_text.startswith("Căn cứ Luật")
    assert document.byline is None
    assert [node.text for node in document.body.closing][-1] == "Trần Văn An"
    (letterhead,) = document.left_out
    assert letterhead.reason == "letterhead"
    assert letterhead.text.startswith("LIÊN MINH HỢP TÁC XÃ VIỆT NAM")


def test_a_letter_has_its_subject_below_the_number() -> None:
    document = read_document_text(
        "Số: 15/LMHTX-CSPT\nV/v báo cáo quý I\nHuế, ngày 03 tháng 4 năm 2024\n\n"
        "Kính gửi: Các hợp tác xã thành viên\n\nThực hiện Công văn số 2/UBND-VX ngày 1/2/2024."
    )
    assert (document.type_code, document.issuer_code) == ("CV", "LMHTX")
    assert document.abstract == "V/v báo cáo quý I"
    assert document.issued_on == dt.date(2024, 4, 3)
    assert document.body_text.startswith("Kính gửi")
    assert [item.number.canonical for item in document.citations] == ["2/UBND-VX"]


def test_a_web_title_above_a_printed_document_is_one_head() -> None:
    page = f"Trang chủ\n\nKế hoạch số 7/KH-LMHTX ngày 5/1/2024 về phát triển HTX\n\n{PRINTED}"
    document = read_document_text(page)
    assert document.title == "Kế hoạch số 7/KH-LMHTX ngày 5/1/2024 về phát triển HTX"
    assert document.body_text.startswith("Căn cứ Luật")
    assert [left.reason for left in document.left_out] == ["navigation", "letterhead"]


def test_the_party_prints_one_code_for_two_types() -> None:
    rules = read_document_text("Quy định số 37-QĐ/TW ngày 25/10/2021 về những điều không được làm")
    decision = read_document_text("Quyết định số 244-QĐ/TW ngày 9/6/2014 ban hành Quy chế")
    assert (rules.type_code, decision.type_code) == ("quy-dinh-dang", "QĐ")


def test_a_law_is_titled_by_its_name() -> None:
    law = read_document_text(
        "Luật Hợp tác xã số 17/2023/QH15 ngày 20/6/2023\n\nĐiều 1. Phạm vi\n1. A."
    )
    assert (law.type_code, law.issuer_code) == ("luat", "QH15")
    assert law.issued_on == dt.date(2023, 6, 20)
    sentence = read_document_text("Căn cứ Luật Hợp tác xã số 17/2023/QH15;\n\nĐiều 1. Phạm vi")
    assert sentence.number is None


def test_an_article_that_only_begins_with_a_citation_is_no_document() -> None:
    text = "Tin mới về thi đua\n\n" + "Nghị quyết số 54-NQ/TW của Bộ Chính trị nêu rõ. " * 8
    document = read_document_text(text)
    assert document.number is None
    assert document.title == "Tin mới về thi đua"


def test_article_with_menu_date_source_and_author() -> None:
    paragraph = "Hội nghị tổng kết phong trào thi đua đã diễn ra tại Huế. " * 5
    page = (
        "Trang chủ\nGiới thiệu\nTin tức\nLiên hệ\n\nHội nghị tổng kết năm\n"
        f"Thứ Tư, 22/04/2020 10:15\n\n{paragraph}\n\nNguyễn Văn An\n\nTin liên quan\nTin thứ nhất\n"
        "Bản quyền thuộc về Liên minh"
    )
    article = read_article_text(page)
    assert article.title == "Hội nghị tổng kết năm"
    assert article.posted_on == dt.date(2020, 4, 22)
    assert article.byline is not None
    assert (article.byline.text, article.byline.kind) == ("Nguyễn Văn An", "person")
    assert len(article.paragraphs) == 1
    assert [left.reason for left in article.left_out] == [
        "navigation",
        "posted_on",
        "byline",
        "widget",
        "footer",
    ]


def test_a_counter_between_paragraphs_does_not_end_an_article() -> None:
    paragraph = "Hội nghị tổng kết phong trào thi đua đã diễn ra tại Huế. " * 5
    article = read_article_text(f"Tiêu đề\n\n{paragraph}\n\nLượt xem: 15\n\n{paragraph}")
    assert len([text for text in article.paragraphs if len(text) > 200]) == 2


@given(ANY_TEXT | PAGE_LINES.map("\n".join))
def test_any_page_is_read(text: str) -> None:
    read_document_text(text)
    read_article_text(text)


def test_a_megabyte_of_prose_takes_seconds() -> None:
    page = PRINTED + "\n".join(
        f"{index}. Thực hiện Kế hoạch số {index}/KH-UBND ngày 5/1/2024 của UBND tỉnh về thi đua."
        for index in range(1, 900)
    )
    text = page * (1_000_000 // len(page))
    started = time.process_time()
    document = read_document_text(text)
    read_article_text(text)
    lint(text)
    sort_key(text)
    assert time.process_time() - started < 60
    assert len(document.citations) > 800
