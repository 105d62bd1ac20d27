"""The tree of provisions, layouts A and B."""

import re
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.provisions import ParsedDocument, Provision, parse_provisions
from cms.vietnamese.text import clean

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
MARKED_LINES = st.lists(
    st.sampled_from(
        [
            "Phần thứ nhất",
            "Chương I",
            "Mục 1. ĐỐI TƯỢNG",
            "Điều 1. Phạm vi",
            "I. MỤC ĐÍCH",
            "1. Một.",
            "1.1. Nhỏ hơn.",
            "a) Việc một;",
            "- gạch",
            "+ cộng",
            "Đoạn văn.",
            "Kết thúc./.",
            "“Điều 5. Tên",
            "hết.”",
            "",
        ]
    )
)

DECISION = """\
Căn cứ Luật Hợp tác xã;
QUYẾT ĐỊNH:
Phần thứ nhất
QUY ĐỊNH CHUNG
Chương I
NHỮNG VẤN ĐỀ CHUNG
VÀ PHẠM VI
Mục 1. ĐỐI TƯỢNG
Tiểu mục 1
VIỆC NHỎ
Điều 1. Phạm vi điều chỉnh
1. Quy chế này quy định:
d) Việc một;
đ) Việc hai:
- gạch một;
+ cộng một;
+ cộng hai;
- gạch hai.
2. Khoản hai.
2.1. Nhỏ hơn.
Điều 2. Ban hành kèm theo Quyết định này Quy chế.
Điều 3. Chánh Văn phòng chịu trách nhiệm thi hành./.
Nơi nhận:
- Như Điều 3;
TM. BAN THƯỜNG VỤ
"""


def outline(document: ParsedDocument) -> list[str]:
    return [f"{node.level} {node.number}".strip() for node in document.walk()]


def only(nodes: tuple[Provision, ...]) -> Provision:
    (node,) = nodes
    return node


def test_layout_a_nests_every_level() -> None:
    document = parse_provisions(DECISION)
    assert [node.text for node in document.preamble] == ["Căn cứ Luật Hợp tác xã;", "QUYẾT ĐỊNH:"]
    part = only(document.provisions)
    chapter = only(part.children)
    section = only(chapter.children)
    subsection = only(section.children)
    assert (part.level, part.number, part.heading) == ("part", "thứ nhất", "QUY ĐỊNH CHUNG")
    assert (chapter.level, chapter.heading) == ("chapter", "NHỮNG VẤN ĐỀ CHUNG VÀ PHẠM VI")
    assert (section.level, section.number, section.heading) == ("section", "1", "ĐỐI TƯỢNG")
    assert (subsection.level, subsection.heading) == ("subsection", "VIỆC NHỎ")
    assert [(node.level, node.number) for node in subsection.children] == [
        ("article", "1"),
        ("article", "2"),
        ("article", "3"),
    ]
    article = subsection.children[0]
    assert (article.heading, article.text) == ("Phạm vi điều chỉnh", "")
    assert [node.number for node in article.children] == ["1", "2"]
    assert [node.number for node in article.children[0].children] == ["d", "đ"]


def test_bullets_of_another_sign_nest() -> None:
    document = parse_provisions(DECISION)
    point = next(node for node in document.walk() if node.number == "đ")
    assert [(node.number, node.text) for node in point.children] == [
        ("-", "gạch một;"),
        ("-", "gạch hai."),
    ]
    assert [node.text for node in point.children[0].children] == ["cộng một;", "cộng hai;"]


def test_dotted_clauses_nest() -> None:
    document = parse_provisions("1. Một.\n1.1. Một một.\n1.2. Một hai.\n1.2.1. Sâu.\n2. Hai.")
    first, second = document.provisions
    assert [node.number for node in first.children] == ["1.1", "1.2"]
    assert only(first.children[1].children).number == "1.2.1"
    assert second.number == "2"


def test_closing_begins_after_the_end_mark() -> None:
    document = parse_provisions(DECISION)
    assert [node.text for node in document.closing] == [
        "Nơi nhận:",
        "- Như Điều 3;",
        "TM. BAN THƯỜNG VỤ",
    ]


def test_an_article_that_is_a_sentence_has_text_and_no_heading() -> None:
    document = parse_provisions(DECISION)
    second = [node for node in document.walk() if node.level == "article"][1]
    assert (second.heading, second.text) == ("", "Ban hành kèm theo Quyết định này Quy chế.")


def test_layout_b() -> None:
    document = parse_provisions(
        "Mở đầu.\nI. MỤC ĐÍCH\n1. Nhiệm vụ chính\n- Việc;\nII/ TỔ CHỨC\n1) Một"
    )
    first, second = document.provisions
    assert (first.level, first.number, first.heading) == ("section", "I", "MỤC ĐÍCH")
    clause = only(first.children)
    assert (clause.level, clause.heading, clause.text) == ("clause", "Nhiệm vụ chính", "")
    assert only(clause.children).level == "bullet"
    assert (second.number, only(second.children).text) == ("II", "Một")


def test_lettered_parts_contain_roman_sections() -> None:
    document = parse_provisions("A. TÌNH HÌNH\nI. Thuận lợi\nB. NHIỆM VỤ\nI. Mục tiêu")
    assert outline(document) == ["part A", "section I", "part B", "section I"]


@pytest.mark.parametrize(
    "line",
    [
        "Điều 5 của Luật này nói rằng",
        "Mục tiêu là phát triển",
        "Phần mềm mới",
        "Chương trình phối hợp",
        "X-quang là một kỹ thuật",
        "2020. Năm mới",
        "1.686 thành viên",
        "5,5 tỷ đồng",
        "21/4/2020 là ngày",
        "-5 độ",
    ],
)
def test_prose_is_a_paragraph(line: str) -> None:
    assert outline(parse_provisions(line)) == ["paragraph"]


def test_quoted_provisions_are_text_of_what_quotes_them() -> None:
    text = "Điều 1. Sửa đổi như sau:\n“Điều 5. Tên\n1. Một.\n2. Hai.”.\nĐiều 2. Thi hành."
    first, second = parse_provisions(text).provisions
    assert [node.level for node in first.children] == ["paragraph"] * 3
    assert second.number == "2"


def test_a_quotation_that_is_never_closed_swallows_nothing() -> None:
    document = parse_provisions("1. Nêu “khẩu hiệu.\n2. Hai.\n3. Ba.")
    assert outline(document) == ["clause 1", "clause 2", "clause 3"]


def test_wrapped_lines_are_one_paragraph() -> None:
    document = parse_provisions("1. Tiếp tục đổi mới công tác\nthi đua, khen thưởng.\n\n2. Hai.")
    assert document.provisions[0].text == "Tiếp tục đổi mới công tác thi đua, khen thưởng."


def test_text_below_a_clause_belongs_to_it() -> None:
    document = parse_provisions("1. Một:\n- gạch;\nĐoạn tiếp.\n2. Hai.")
    first = document.provisions[0]
    assert [node.level for node in first.children] == ["bullet", "paragraph"]


def test_plain_text_is_all_preamble() -> None:
    document = parse_provisions("Một.\n\nHai.")
    assert len(document.preamble) == 2
    assert document.provisions == document.closing == ()
    assert parse_provisions("").children == ()


def _plan_body(plan_page: str) -> str:
    return plan_page[plan_page.index("Thực hiện công văn") : plan_page.index("ADMIN")]


def test_plan_has_a_preamble_and_three_sections(plan_page: str) -> None:
    document = parse_provisions(_plan_body(plan_page))
    assert only(document.preamble).text.startswith("Thực hiện công văn số 2347/UBND-TTr")
    assert [(node.level, node.number) for node in document.provisions] == [
        ("section", "I"),
        ("section", "II"),
        ("section", "III"),
    ]
    assert document.provisions[0].heading == "MỤC ĐÍCH, YÊU CẦU"


def test_plan_section_one_has_four_clauses(plan_page: str) -> None:
    first = parse_provisions(_plan_body(plan_page)).provisions[0]
    assert [(node.level, node.number) for node in first.children] == [
        ("clause", number) for number in "1234"
    ]
    assert all(node.text.endswith(".") and not node.children for node in first.children)


@pytest.mark.parametrize(("section", "bullets"), [(1, (4, 8)), (2, (3, 3))])
def test_plan_clauses_have_their_bullets(
    plan_page: str, section: int, bullets: tuple[int, int]
) -> None:
    clauses = parse_provisions(_plan_body(plan_page)).provisions[section].children
    assert [(node.level, node.number) for node in clauses] == [("clause", "1"), ("clause", "2")]
    assert tuple(len(node.children) for node in clauses) == bullets
    assert {child.level for node in clauses for child in node.children} == {"bullet"}
    assert all(node.heading and not node.text for node in clauses)


def test_plan_closes_with_the_end_mark(plan_page: str) -> None:
    closing = only(parse_provisions(_plan_body(plan_page)).closing)
    assert closing.text.startswith("Trên đây là Kế hoạch")
    assert closing.text.endswith("./.")


@given(ANY_TEXT | MARKED_LINES.map("\n".join))
def test_no_word_is_lost_and_nothing_is_raised(text: str) -> None:
    document = parse_provisions(text)
    kept = " ".join(f"{node.number} {node.heading} {node.text}" for node in document.walk())
    # The names of levels ("Chương") and the punctuation of numbers go; every other word stays.
    named = {"phần", "chương", "mục", "tiểu", "điều"}
    words = Counter(word.lower() for word in re.findall(r"\w+", clean(text)))
    words.subtract(word.lower() for word in re.findall(r"\w+", kept))
    assert {word for word, count in words.items() if count} <= named
    parts = (*document.preamble, *document.provisions, *document.closing)
    assert parts == document.children


@pytest.mark.parametrize(
    "pattern", ["“\n", "- a\n", "1.1. A\n", "I. ", " ", "1. \n ", "a\n", "+ a\n- b\n"]
)
def test_long_monotonous_text_takes_seconds(pattern: str) -> None:
    started = time.process_time()
    parse_provisions(pattern * (200_000 // len(pattern)))
    assert time.process_time() - started < 20
