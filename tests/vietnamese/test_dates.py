"""Dates."""

import datetime as dt
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.dates import (
    find_dates,
    find_impossible_dates,
    legal_date,
    parse_date,
    weekday_name,
)

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))
DATES = st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("ngày 19 tháng 5 năm 2016", dt.date(2016, 5, 19)),
        ("ngày 05 tháng 01 năm 2020", dt.date(2020, 1, 5)),
        ("19 tháng 5 năm 2016", dt.date(2016, 5, 19)),
        ("Ngày 22/04/2020", dt.date(2020, 4, 22)),
        ("7/4/2014", dt.date(2014, 4, 7)),
        ("18/8/2014", dt.date(2014, 8, 18)),
        ("18-8-2014", dt.date(2014, 8, 18)),
        ("18.8.2014", dt.date(2014, 8, 18)),
        ("21 / 4 / 2020", dt.date(2020, 4, 21)),
        ("2014-08-18", dt.date(2014, 8, 18)),
        (unicodedata.normalize("NFD", "ngày\u00a019 tháng 5 năm 2016."), dt.date(2016, 5, 19)),
        ("29/2/2020", dt.date(2020, 2, 29)),
    ],
)
def test_every_form_is_read_day_first(text: str, date: dt.date) -> None:
    assert parse_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "31/4/2020",
        "29/2/2021",
        "13/13/2020",
        "4/21/2020",
        "0/1/2020",
        "4/2020",
        "21/4-2020",
        "24/7",
        "",
    ],
)
def test_what_no_calendar_has_is_refused(text: str) -> None:
    assert parse_date(text) is None
    assert not list(find_dates(text))


@pytest.mark.parametrize(
    "text",
    ["18/8/2014/QĐ", "60/2020/NĐ-CP", "1/18/8/2014", "2020-2025", "0234.3833105", "1.18.8.2014"],
)
def test_other_figures_are_no_dates(text: str) -> None:
    assert not list(find_dates(text))


def test_offsets_are_those_of_the_text_given() -> None:
    text = "Huế,\u200b nga\u0300y 19 tha\u0301ng 5 năm 2016; 7/4/2014."
    first, second = find_dates(text)
    assert text[first.start : first.end] == "nga\u0300y 19 tha\u0301ng 5 năm 2016"
    assert text[second.start : second.end] == "7/4/2014"


def test_impossible_dates_are_reported() -> None:
    text = "từ 1/4/2020 đến ngày 31/4/2020"
    assert [text[start:end] for start, end in find_impossible_dates(text)] == ["ngày 31/4/2020"]


def test_all_sixteen_dates_of_the_real_pages(plan_page: str, article_page: str) -> None:
    plan = [found.date.isoformat() for found in find_dates(plan_page)]
    article = [found.date.isoformat() for found in find_dates(article_page)]
    assert plan == [
        "2020-04-21",
        "2020-03-24",
        "2020-03-24",
        "2014-04-07",
        "2019-12-10",
        "2019-12-10",
        "2016-05-19",
        "2020-04-22",
        "2014-08-18",
    ]
    assert article == [
        "2017-08-10",
        "2020-11-24",
        "2020-06-30",
        "2019-10-17",
        "2019-10-01",
        "2019-10-17",
        "2019-03-19",
    ]


@pytest.mark.parametrize(
    ("date", "printed"),
    [
        (dt.date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (dt.date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        (dt.date(2020, 2, 10), "ngày 10 tháng 02 năm 2020"),
        (dt.date(2020, 3, 9), "ngày 09 tháng 3 năm 2020"),
    ],
)
def test_legal_dates_follow_the_decree(date: dt.date, printed: str) -> None:
    assert legal_date(date) == printed


def test_weekdays() -> None:
    week = [weekday_name(dt.date(2020, 4, 20) + dt.timedelta(days=day)) for day in range(7)]
    assert week == ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]


@given(DATES)
def test_legal_dates_are_read_back(date: dt.date) -> None:
    assert parse_date(legal_date(date)) == date
    assert [found.date for found in find_dates(f"Huế, {legal_date(date)} của")] == [date]


@given(ANY_TEXT | st.text(alphabet="0123456789/.- ngàythánăm"))
def test_any_text_is_read(text: str) -> None:
    parse_date(text)
    for found in find_dates(text):
        assert parse_date(text[found.start : found.end]) == found.date


@pytest.mark.parametrize("pattern", ["1/", "ngày ", "1 tháng ", "ngày 1", "2020-", "1.1.", "1 / "])
def test_a_megabyte_takes_seconds(pattern: str) -> None:
    started = time.process_time()
    list(find_dates(pattern * (1_000_000 // len(pattern))))
    assert time.process_time() - started < 30
