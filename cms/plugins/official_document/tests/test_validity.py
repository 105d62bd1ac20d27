"""The state of a document on a day follows from its events."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.plugins.official_document.validity import Event, EventAction, ValidityStatus, validity_on

SIGNED = date(2024, 1, 1)


def status(day: date, *events: Event, **dates: date | None) -> str:
    known = {"effective_on": None, "expires_on": None, **dates}
    return str(validity_on(day, events=events, **known).status)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2023, 12, 31), ValidityStatus.NOT_YET),
        (date(2024, 1, 1), ValidityStatus.IN_FORCE),
        (date(2025, 12, 31), ValidityStatus.IN_FORCE),
        (date(2026, 1, 1), ValidityStatus.EXPIRED),
    ],
)
def test_a_period_begins_and_ends_on_its_days(day: date, expected: str) -> None:
    assert status(day, effective_on=SIGNED, expires_on=date(2026, 1, 1)) == expected


def test_without_an_effective_date_a_document_is_in_force_from_signing() -> None:
    assert status(SIGNED) == ValidityStatus.IN_FORCE


@pytest.mark.parametrize("action", ["replaced", "repealed", "recalled"])
def test_an_end_is_final(action: str) -> None:
    ended = Event(date(2025, 1, 1), action)
    resumed = Event(date(2025, 6, 1), EventAction.RESUMED)
    assert status(date(2024, 12, 31), ended) == ValidityStatus.IN_FORCE
    assert status(date(2026, 1, 1), ended, resumed) == ValidityStatus.EXPIRED


def test_a_suspension_is_lifted() -> None:
    events = [
        Event(date(2025, 1, 1), EventAction.SUSPENDED),
        Event(date(2025, 3, 1), EventAction.RESUMED),
    ]
    assert status(date(2025, 2, 1), *events) == ValidityStatus.SUSPENDED
    assert status(date(2025, 3, 1), *events) == ValidityStatus.IN_FORCE


def test_a_partly_repealed_document_stays_so_after_a_suspension() -> None:
    events = [
        Event(date(2025, 1, 1), EventAction.PARTLY_REPEALED),
        Event(date(2025, 2, 1), EventAction.SUSPENDED),
        Event(date(2025, 3, 1), EventAction.RESUMED),
    ]
    assert status(date(2025, 4, 1), *events) == ValidityStatus.PARTLY_EXPIRED


def test_an_extension_lifts_the_printed_end() -> None:
    extended = Event(date(2025, 6, 1), EventAction.EXTENDED)
    ends = Event(date(2027, 1, 1), EventAction.EXPIRES)
    assert status(date(2026, 6, 1), extended, ends, expires_on=date(2026, 1, 1)) == "in_force"
    assert status(date(2027, 1, 1), extended, ends, expires_on=date(2026, 1, 1)) == "expired"


DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 1, 1))
EVENTS = st.lists(st.builds(Event, on=DAYS, action=st.sampled_from(EventAction.values)), max_size=6)


@given(events=EVENTS, day=DAYS, effective_on=st.none() | DAYS, expires_on=st.none() | DAYS)
def test_the_state_holds_from_since_until_the_day_before_until(
    events: list[Event], day: date, effective_on: date | None, expires_on: date | None
) -> None:
    def at(moment: date) -> ValidityStatus:
        return validity_on(
            moment, effective_on=effective_on, expires_on=expires_on, events=events
        ).status

    validity = validity_on(day, effective_on=effective_on, expires_on=expires_on, events=events)
    if validity.since:
        assert validity.since <= day
        assert at(validity.since) == validity.status
    if validity.until:
        assert validity.until > day
        assert at(validity.until - timedelta(days=1)) == validity.status
        assert at(validity.until) != validity.status or validity.until == validity.since
