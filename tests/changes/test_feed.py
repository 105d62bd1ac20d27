"""The feed is gapless for its readers, whatever the order in which transactions end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection, transaction

from cms.changes.feed import append, changes_since, latest_seq, number_changes
from cms.changes.models import Change, Reason


def entry(object_id: int) -> Change:
    return Change(
        reason=Reason.UPDATE, type="article", object_id=object_id, tags=[f"page:{object_id}"]
    )


def read_ids(after: int = 0) -> list[int | None]:
    return [change.object_id for change in changes_since(after, 1_000)]


def in_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        append([entry(1)])


@pytest.mark.django_db(transaction=True)
def test_entries_are_numbered_right_after_the_commit() -> None:
    with transaction.atomic():
        append([entry(1), entry(2)])
        assert read_ids() == []
    assert read_ids() == [1, 2]
    assert latest_seq() == 2


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_entry_is_never_seen_and_leaves_no_gap() -> None:
    class Cut(Exception):
        pass

    with transaction.atomic():
        append([entry(1)])
    with pytest.raises(Cut), transaction.atomic():
        append([entry(2)])
        raise Cut
    with transaction.atomic():
        append([entry(3)])
    assert [(change.seq, change.object_id) for change in changes_since(0, 10)] == [(1, 1), (2, 3)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite has one writing transaction at a time"
)
def test_two_interleaved_transactions_the_late_one_is_not_skipped() -> None:
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            append([entry(1)])
            written.set()
            may_commit.wait(30)

    thread = in_thread(slow)
    assert written.wait(30)
    with transaction.atomic():
        append([entry(2)])
    cursor = latest_seq()
    assert read_ids() == [2]
    may_commit.set()
    thread.join()
    assert read_ids(cursor) == [1]
    assert [change.seq for change in changes_since(0, 10)] == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_many_writers_give_one_dense_sequence_that_no_reader_sees_out_of_order() -> None:
    writers, each = 4, 15
    done = threading.Event()
    seen: list[int] = []

    def write(start: int) -> None:
        for index in range(each):
            with transaction.atomic():
                append([entry(start + index)])

    def read() -> None:
        cursor = 0
        while not done.is_set() or cursor < latest_seq():
            for change in changes_since(cursor, 10):
                seen.append(change.object_id or 0)
                cursor = change.seq or 0

    reader = in_thread(read)
    threads = [in_thread(partial(write, n * 100)) for n in range(writers)]
    for thread in threads:
        thread.join()
    number_changes()
    done.set()
    reader.join()
    assert sorted(seen) == sorted(n * 100 + i for n in range(writers) for i in range(each))
    assert [change.seq for change in changes_since(0, 100)] == list(range(1, writers * each + 1))
