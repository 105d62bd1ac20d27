"""A service that keeps failing is left alone for a while, and found again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from search.breaker import Breaker


class Clock:
    """A time that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The breaker's time."""
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    """A breaker that opens after five failures."""
    return Breaker(5, pause=1.0, clock=clock)


def open_up(breaker: Breaker) -> None:
    for _ in range(5):
        assert breaker.allows()
        breaker.failed()


def test_opens_after_five_failures_in_a_row(breaker: Breaker) -> None:
    told = [breaker.failed() for _ in range(5)]

    assert told == [False, False, False, False, True]
    assert breaker.is_open
    assert not breaker.allows()


def test_a_success_between_failures_starts_the_count_anew(breaker: Breaker) -> None:
    for _ in range(4):
        breaker.failed()
    assert breaker.succeeded() is False
    for _ in range(4):
        breaker.failed()

    assert breaker.allows()


def test_open_it_lets_one_call_through_each_second(breaker: Breaker, clock: Clock) -> None:
    open_up(breaker)

    clock.now += 0.9
    assert not breaker.allows()
    clock.now += 0.1
    assert [breaker.allows() for _ in range(3)] == [True, False, False]
    breaker.failed()
    clock.now += 1.0
    assert [breaker.allows() for _ in range(3)] == [True, False, False]


def test_the_first_success_closes_it(breaker: Breaker, clock: Clock) -> None:
    open_up(breaker)
    clock.now += 1.0
    assert breaker.allows()

    assert breaker.succeeded() is True
    assert all(breaker.allows() for _ in range(10))
    for _ in range(4):
        breaker.failed()
    assert breaker.allows()


def test_of_many_threads_one_is_let_through(breaker: Breaker, clock: Clock) -> None:
    open_up(breaker)
    clock.now += 5.0

    with ThreadPoolExecutor(16) as pool:
        allowed = list(pool.map(lambda _number: breaker.allows(), range(200)))

    assert allowed.count(True) == 1
