"""What may not be seen is as if it never was: the same bytes, in every form of the request."""

from __future__ import annotations

import pytest

from tests.visibility.asking import Ask
from tests.visibility.axes import Reason, Way
from tests.visibility.exceptions import why_unlike
from tests.visibility.recording import VARIANTS, Recording
from tests.visibility.rows import ROWS

CASES = [
    (row.endpoint, reason)
    for row in ROWS
    for reason in Reason
    if row.asks or row.endpoint in ("upload", "wagtailcore_authenticate_with_password")
]


@pytest.mark.parametrize(("endpoint", "reason"), CASES, ids=["-".join(one) for one in CASES])
def test_n05_n06(recording: Recording, endpoint: str, reason: Reason) -> None:
    """N06: a condition is looked at after the right to see: none is answered with 304."""
    compared = [
        (asked.varied(**variant), asked.twin.varied(**variant))
        for asked in recording.asks_of(endpoint, reason)
        if asked.twin is not None
        for variant in VARIANTS
    ]
    unlike = [
        f"{one}: {hidden.status} {hidden.body[:200]!r}, but of what never was "
        f"{never.status} {never.body[:200]!r}"
        for one, other in compared
        if (hidden := recording.after.ask(one)) != (never := recording.after.ask(other))
    ]
    if why := why_unlike(endpoint, reason):
        assert unlike, f"it is like something that never was, so the rule is wrong: {why}"
    else:
        assert unlike == []


@pytest.mark.parametrize("endpoint", ["api-page", "api-resolve", "graphql", "wagtail_serve"])
def test_while_it_is_public_it_is_not_like_that(recording: Recording, endpoint: str) -> None:
    """Else the comparison would be one of nothing with nothing."""
    for reason in set(Reason) - {Reason.COLLECTION}:
        for one in recording.asks(endpoint, Way.DIRECT, reason):
            assert one.twin is not None
            assert (
                recording.before.ask(one).body != recording.after.ask(one.twin.varied("GET")).body
            )


@pytest.mark.parametrize("reason", Reason)
def test_n05_the_former_etag_is_not_known(recording: Recording, reason: Reason) -> None:
    """A client that has the page, and asks whether it is still right."""
    known: list[Ask] = [
        one
        for row in ROWS
        if Way.NOT_MODIFIED in row.asks
        for one in recording.asks(row.endpoint, Way.NOT_MODIFIED, reason)
        if one.known is not None and one.known.twin is not None
    ]
    for one in known:
        assert one.known is not None and one.known.twin is not None
        if why_unlike(_endpoint(one), reason) is None and one.known.twin.path != one.path:
            hidden, never = recording.after.ask(one), recording.after.ask(one.known.twin)
            assert (hidden.status, hidden.body) == (never.status, never.body), one


def _endpoint(asked: Ask) -> str:
    return "graphql" if asked.path == "/graphql/" else ""
