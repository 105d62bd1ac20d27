"""What readers saw is held against what an editor did."""

from __future__ import annotations

import pytest

from benchmarks.publishing.history import Event, Sighting, State, unexplained

FIRST: dict[int, State] = {1: "cũ"}
EVENTS = [
    Event(1, begun=10.0, done=10.1, state=None),
    Event(1, begun=20.0, done=20.1, state="mới"),
]


@pytest.mark.parametrize(
    ("begun", "ended", "states"),
    [
        (5.0, 5.1, ["cũ"]),
        (9.0, 10.05, ["cũ", None]),  # withdrawn while it was made
        (11.05, 11.2, ["cũ", None]),  # within the second
        (11.15, 11.2, [None]),
        (19.0, 20.0, [None, "mới"]),
        (20.5, 20.6, [None, "mới"]),
        (21.2, 21.3, ["mới"]),
        (10.5, 30.0, ["cũ", None, "mới"]),
    ],
)
def test_an_answer_may_show_what_stood_from_a_second_before(
    begun: float, ended: float, states: list[State]
) -> None:
    for state in ("cũ", None, "mới"):
        found = unexplained(FIRST, EVENTS, [Sighting("/", begun, ended, {1: state})])
        assert (not found) == (state in states), state
