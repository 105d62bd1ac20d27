"""Two real pages: an issued document and an article, with the site around them left out."""

import datetime as dt

import pytest

from cms.vietnamese.document_text import read_article_text, read_document_text


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
