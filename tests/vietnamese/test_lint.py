"""Lint of Vietnamese text."""

import time
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.lint import MESSAGES, Rule, lint

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))

Found = tuple[str, str, str | None]


def findings(text: str) -> list[Found]:
    return [(item.rule, text[item.start : item.end], item.fix) for item in lint(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Liên\u00a0minh", ("nbsp", "\u00a0", " ")),
        ("Liên \u00a0 minh", ("nbsp", " \u00a0 ", " ")),
        ("Liên  minh", ("double-space", "  ", " ")),
        ("Liên\u200bminh", ("zero-width", "\u200b", "")),
        ("Liên\x07 minh", ("control-character", "\x07", "")),
        ("Lie\u0302n minh", ("not-nfc", "Lie\u0302n", "Liên")),
        ("và vàHTX", ("glued-words", "vàHTX", "và HTX")),
        ("năm 2020giai đoạn", ("glued-words", "2020giai", "2020 giai")),
        ("nước ViệtNam", ("glued-words", "ViệtNam", "Việt Nam")),
        ("chính sách ca Đảng", ("lost-letter", "ca", "của")),
        ("khen thưng kịp thời", ("lost-letter", "thưng", "thưởng")),
        ("đại hội ln thứ V", ("lost-letter", "ln", "lần")),
        ("chủ trương đưc triển khai", ("lost-letter", "đưc", "được")),
        ("nâng cao nhn thức", ("lost-letter", "nhn", "nhận")),
        ("gọi là “thi đua", ("unbalanced-quote", "“", None)),
        ("gọi là thi đua”", ("unbalanced-quote", "”", None)),
        ('gọi là thi đua"', ("unbalanced-quote", '"', None)),
        ("từ ngày 31/4/2020", ("impossible-date", "ngày 31/4/2020", None)),
    ],
)
def test_each_damage_is_found_with_its_fix(text: str, found: Found) -> None:
    assert findings(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Céng hßa x· héi chñ nghÜa ViÖt Nam",  # TCVN3 read as Latin-1
        "Coäng hoøa xaõ hoäi chuû nghóa",  # VNI
    ],
)
def test_text_in_an_old_encoding_is_found(text: str) -> None:
    assert [rule for rule, _, _ in findings(text)] == ["legacy-encoding"]


@pytest.mark.parametrize(
    "text",
    [
        "Liên minh HTX tỉnh tổ chức hội nghị ngày 21/4/2020 tại Huế.",
        "bài ca Hồ Chí Minh, làm việc theo ca của công nhân, hai ca Nhà máy",
        "iPhone, YouTube, VietGAP, TTr, QyĐ, HueTechCo-op, eOffice",
        "100kg, 10ha, 5km, 07a, 2tr, 4th, 12x",
        "5 cm vải, 30 km đường, tp Huế, tr 5",
        '“Một”, “hai “ba” bốn”, "năm", màn hình 24"',
        "“Điều 5. Tên\n1. Một.\n2. Hai.”",
        "thi đua, thi hành, co giãn, tin tức, ban hành, dân ca",
        "",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert findings(text) == []


def test_capital_letters_are_kept_in_the_fix() -> None:
    assert findings("Thc hiện Nghị quyết") == [("lost-letter", "Thc", "Thực")]


def test_damage_measured_in_the_first_real_page(plan_page: str) -> None:
    found = findings(plan_page)
    assert [item for item in found if item[0] == "lost-letter"] == [
        ("lost-letter", "ca", "của"),
        ("lost-letter", "ca", "của"),
        ("lost-letter", "thưng", "thưởng"),
        ("lost-letter", "ln", "lần"),
        ("lost-letter", "ln", "lần"),
    ]
    assert [item for item in found if item[0] == "glued-words"] == [
        ("glued-words", "vàHTX", "và HTX"),
        ("glued-words", "2020giai", "2020 giai"),
    ]
    assert sum(text.count("\u00a0") for rule, text, _ in found if rule == "nbsp") == 17
    assert sum(rule == "unbalanced-quote" for rule, _, _ in found) == 1


def test_every_rule_has_a_message() -> None:
    assert set(MESSAGES) == set(get_args(Rule))


@given(ANY_TEXT | st.text(alphabet='ca ln thưgAB12“”"\u00a0\u0301\u200b'))
def test_findings_lie_within_the_text(text: str) -> None:
    for item in lint(text):
        assert 0 <= item.start < item.end <= len(text)
        assert item.fix != text[item.start : item.end]


@pytest.mark.parametrize(
    "pattern",
    ["ca ", "a\u0301", '"', "“\n", "\u00a0 ", "aB", "  ", "1a", "31/4/2020 ", "a ", "hßa "],
)
def test_long_monotonous_text_takes_seconds(pattern: str) -> None:
    started = time.process_time()
    lint(pattern * (200_000 // len(pattern)))
    assert time.process_time() - started < 20
