"""Counting: never more than is allowed, in bounded memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.delivery.access.limiter import Limiter, Rate, parse_rate
from cms.delivery.access.table import Table


@given(
    st.integers(1, 50),
    st.sampled_from([1, 60, 3600]),
    st.lists(st.floats(0, 100, allow_nan=False), min_size=1, max_size=200),
)
def test_no_stretch_of_time_has_more_than_the_rate(
    amount: int, seconds: int, pauses: list[float]
) -> None:
    limiter, rate, now = Limiter(Table(sets=1)), Rate(amount, seconds), 1000.0
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


def test_memory_is_bounded_and_the_emptiest_buckets_make_room() -> None:
    table, rate = Table(sets=16), Rate(1, 60)
    limiter = Limiter(table)
    for key in range(10_000):
        limiter.hit(key, rate, 1.0 + key / 1_000)
    assert len(table) == 16 * 8
    assert not limiter.hit(9_999, rate, 11.0).allowed
    assert limiter.hit(0, rate, 11.0).allowed


def test_what_is_left_of_another_time_or_rate_passes_with_one_quota(tmp_path: Path) -> None:
    before = Limiter(Table(tmp_path / "limits"))
    for _ in range(3):
        before.hit("a", Rate(3, 3600), 1_000_000.0)
    limiter = Limiter(Table(tmp_path / "limits"))  # the machine has started since
    refused = limiter.hit("a", Rate(3, 60), 5.0)
    assert not refused.allowed
    assert refused.wait == pytest.approx(20)
    assert limiter.hit("a", Rate(3, 60), 25.0).allowed


_FLOOD = """
import sys
from pathlib import Path
from cms.delivery.access.limiter import Limiter, Rate
from cms.delivery.access.table import Table

limiter = Limiter(Table(Path(sys.argv[1]), sets=4))
print("ready", flush=True)
sys.stdin.readline()
print(sum(limiter.hit("client", Rate(1_000, 3600)).allowed for _ in range(3_000)))
"""


def test_N53_processes_share_one_quota(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _FLOOD, str(tmp_path / "limits")]
    processes = [
        subprocess.Popen(  # noqa: S603 - this very interpreter
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    for one in processes:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    allowed = [int(out) for out in _all_at_once(processes)]
    # An hour's thousand: one more comes free every 3.6 seconds.
    # Who gets how much of it is the system's to say: one may be through before the other begins.
    assert 1_000 <= sum(allowed) <= 1_010


def _all_at_once(processes: list[subprocess.Popen[str]]) -> list[str]:
    for one in processes:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return [one.communicate(timeout=60)[0] for one in processes]


def test_a_process_that_was_halted_holds_nobody_up(tmp_path: Path) -> None:
    file = tmp_path / "limits"
    hold = (
        "import fcntl, sys; file = open(sys.argv[1], 'r+b'); fcntl.lockf(file, fcntl.LOCK_EX); "
        "print('held', flush=True); sys.stdin.readline()"
    )
    limiter = Limiter(Table(file))
    command = [sys.executable, "-c", hold, str(file)]
    with subprocess.Popen(  # noqa: S603 - this very interpreter
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert [limiter.hit("a", Rate(2, 60), 1.0).allowed for _ in range(3)] == [True, True, False]
        other.communicate("end\n")


def test_without_a_file_each_process_counts_for_itself(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    limiter = Limiter(Table(tmp_path / "taken" / "limits"))
    assert [limiter.hit("a", Rate(1, 60), 1.0).allowed for _ in range(2)] == [True, False]


@pytest.mark.parametrize(
    "text", ["", "600", "0/minute", "-1/minute", "6/day", "٣/minute", "1/ minute"]
)
def test_a_rate_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="600/minute"):
        parse_rate(text)


def test_rates() -> None:
    assert parse_rate("600/minute") == Rate(600, 60)
    assert parse_rate("off") is None
