"""Counting: never more than is allowed, in bounded memory."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.delivery.access.limiter import Limiter, Rate, parse_rate


@given(
    st.integers(1, 50),
    st.sampled_from([1, 60, 3600]),
    st.lists(st.floats(0, 100, allow_nan=False), min_size=1, max_size=200),
)
def test_no_stretch_of_time_has_more_than_the_rate(
    amount: int, seconds: int, pauses: list[float]
) -> None:
    limiter, rate, now = Limiter(), Rate(amount, seconds), 1000.0
    allowed: list[float] = []
    for pause in pauses:
        now += pause * seconds / 100
        verdict = limiter.hit("key", rate, now)
        assert 0 <= verdict.remaining < amount
        if verdict.allowed:
            allowed.append(now)
        else:
            assert verdict.remaining == 0
            assert 0 < verdict.wait <= seconds / amount + 1e-6
    for first, begin in enumerate(allowed):
        for last in range(first, len(allowed)):
            stretch = allowed[last] - begin
            assert last - first + 1 <= amount * (1 + stretch / seconds) + 1e-3


def test_the_whole_quota_at_once_then_one_by_one() -> None:
    limiter, rate = Limiter(), Rate(3, 60)
    left = [limiter.hit("a", rate, 5.0).remaining for _ in range(3)]
    assert left == [2, 1, 0]
    refused = limiter.hit("a", rate, 5.0)
    assert not refused.allowed
    assert refused.wait == pytest.approx(20)
    assert limiter.hit("b", rate, 5.0).allowed
    assert limiter.hit("a", rate, 25.0).allowed
    assert not limiter.hit("a", rate, 25.0).allowed
    assert limiter.hit("a", rate, 200.0).remaining == 2


def test_a_refusal_costs_nothing_and_waiting_that_long_helps() -> None:
    limiter, rate = Limiter(), Rate(1, 1)
    limiter.hit("a", rate, 0.0)
    for _ in range(100):
        refused = limiter.hit("a", rate, 0.5)
    assert limiter.hit("a", rate, 0.5 + refused.wait).allowed


def test_memory_is_bounded() -> None:
    limiter, rate = Limiter(max_keys=100), Rate(1, 60)
    for key in range(10_000):
        limiter.hit(key, rate, 1.0)
    assert len(limiter) == 100
    assert not limiter.hit(9_999, rate, 1.0).allowed


@pytest.mark.parametrize(
    "text", ["", "600", "0/minute", "-1/minute", "6/day", "٣/minute", "1/ minute"]
)
def test_a_rate_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="600/minute"):
        parse_rate(text)


def test_rates() -> None:
    assert parse_rate("600/minute") == Rate(600, 60)
    assert parse_rate("off") is None
