"""What a reader types is read as it is meant."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.contractions import Contractions
from search.analysis import analyser_for
from search.query import MAX_LENGTH, ParsedQuery, QueryError, build_tree, parse_query

ANALYSER = analyser_for("vi", Contractions([("HTX", "hợp tác xã")]))


def read(typed: str) -> ParsedQuery:
    return parse_query(typed, ANALYSER)


def rows(phrases: tuple[tuple[object, ...], ...]) -> list[str]:
    return [" ".join(getattr(word, "exact", "") for word in phrase) for phrase in phrases]


@pytest.mark.parametrize(
    ("typed", "text", "phrases", "without"),
    [
        ('"thi đua" yêu nước', "thi đua yêu nước", ["thi đua"], []),
        ("“thi đua” yêu nước", "thi đua yêu nước", ["thi đua"], []),
        ("thi đua -thưởng", "thi đua", [], ["thưởng"]),
        ('thi đua -"khen thưởng"', "thi đua", [], ["khen thưởng"]),
        ("vay vốn -HTX", "vay vốn", [], ["htx"]),
        ('thi đua "khen', "thi đua khen", [], []),
        ("-thưởng", "-thưởng", [], []),
    ],
)
def test_signs(typed: str, text: str, phrases: list[str], without: list[str]) -> None:
    query = read(typed)
    assert (query.text, rows(query.phrases), rows(query.without)) == (text, phrases, without)


@pytest.mark.parametrize(
    "typed",
    [
        "60 -KH-LMHTX",
        "giai đoạn 2020 -2025",
        "năm 2020 -Tham gia",
        "kinh tế -xã hội",
        "thi đua -khen thưởng",
        "Huế – thành phố",
        "Huế –thành phố",
        "kinh tế-xã hội",
        "- thi đua",
        "07a -NQ",
    ],
)
def test_a_hyphen_that_joins_leaves_nothing_out(typed: str) -> None:
    assert read(typed).without == ()


@pytest.mark.parametrize("typed", ["", "   ", "…", '""', "-", '-""'])
def test_a_query_without_words_asks_for_nothing(typed: str) -> None:
    assert read(typed).words == ()


@pytest.mark.parametrize(
    "typed",
    ["a" * (MAX_LENGTH + 1), '"' * 100_000, "(" * 1_000_000, "-a " * 300_000, "thi\0đua", "\ud800"],
)
def test_what_can_t_be_a_query_is_refused(typed: str) -> None:
    with pytest.raises(QueryError, match=str(MAX_LENGTH) if len(typed) > 10 else "text"):
        read(typed)


def test_decomposed_characters_count_as_what_they_are() -> None:
    typed = unicodedata.normalize("NFD", "ế" * MAX_LENGTH)
    assert len(read(f"  {typed}  ").text) == MAX_LENGTH


@pytest.mark.parametrize(
    ("typed", "days", "months"),
    [
        ("ký kết 10/8/2017", ("2017-08-10",), ()),
        ("21 thang 4 nam 2020", ("2020-04-21",), ()),
        ("hội nghị tháng 4/2020", (), ("2020-04",)),
        ("hoi nghi thang 4 nam 2020", (), ("2020-04",)),
        ("31/4/2020", (), ()),
    ],
)
def test_dates(typed: str, days: tuple[str, ...], months: tuple[str, ...]) -> None:
    assert (read(typed).dates, read(typed).months) == (days, months)


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("thi dua khen thuong", []),
        ("thi đua khen thưởng", ["thi", "đua", "khen", "thưởng"]),
        ("hop tác", ["tác"]),
    ],
)
def test_marks_are_taken_at_their_word_where_there_are_any(typed: str, spelled: list[str]) -> None:
    assert [word.exact for word in read(typed).words if word.is_spelled] == spelled


def test_where_to_look_is_not_asked_for() -> None:
    query = read("Theo Bộ luật Dân sự 2015, hoa lợi là gì?")
    assert [word.exact for word in query.words if word.is_content] == ["hoa", "lợi"]


@given(st.text(max_size=MAX_LENGTH) | st.text(st.sampled_from('"- aáđ10/.,KHX\n'), max_size=60))
def test_any_text_is_a_query_or_refused(typed: str) -> None:
    try:
        query = read(typed)
    except QueryError:
        return
    build_tree(query)
    build_tree(query, loose=True)
