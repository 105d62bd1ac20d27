"""Pages as they are printed and posted: what is read of them, whatever stands there."""

import datetime as dt
import time

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
