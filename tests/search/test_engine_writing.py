"""What is written, removed and built anew, on every engine."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from search.contract import Engine, EngineError, Entry, Request
from search.nodes import Everything, Term
from tests.search.conftest import Connect
from tests.search.engine_cases import STAMP, build, entry, ids, store
from tests.search.other_process import other_process


def bodies(engine: Engine, *words: str) -> dict[str, list[int]]:
    """Which entries have each of the words."""
    return {word: ids(engine, Term("body", word)) for word in words}


def test_an_entry_is_written_over(engine: Engine) -> None:
    assert store(engine, entry(1, "old"), entry(2, "old")) == 2
    assert store(engine, entry(1, "new"), version=3) == 1

    assert bodies(engine, "old", "new") == {"old": [2], "new": [1]}


def test_of_one_id_in_one_go_the_last_holds(engine: Engine) -> None:
    store(engine, entry(1, "old"), entry(1, "new"))

    assert bodies(engine, "old", "new") == {"old": [], "new": [1]}


def test_the_same_may_be_written_again(engine: Engine) -> None:
    for _ in range(2):
        assert store(engine, entry(1, "same"), version=4) == 1

    assert ids(engine) == [1]


def test_removed_entries_are_gone(engine: Engine) -> None:
    store(engine, entry(1), entry(2), entry(3, locale="en"))
    with engine.writing() as writer:
        writer.remove([1, 3, 99], 3)
        writer.commit()

    assert ids(engine, locales=("vi", "en")) == [2]


def test_an_entry_that_changes_its_locale_is_there_once(engine: Engine) -> None:
    store(engine, entry(1, "a"))
    with engine.writing() as writer:
        writer.remove([1], 3)
        writer.write([entry(1, "a", locale="en")], 4)
        writer.commit()

    assert ids(engine) == []
    assert ids(engine, locales=("en",)) == [1]


def test_a_late_writer_of_an_older_state_loses(engine: Engine) -> None:
    store(engine, entry(1, "new"), version=7)
    store(engine, entry(1, "old"), version=6)
    with engine.writing() as writer:
        writer.remove([1], 5)
        writer.commit()

    assert bodies(engine, "new", "old") == {"new": [1], "old": []}


def test_a_late_writer_does_not_bring_back_what_was_removed(engine: Engine) -> None:
    store(engine, entry(1, "a"), version=7)
    with engine.writing() as writer:
        writer.remove([1, 2], 8)
        writer.commit()

    store(engine, entry(1, "old"), entry(2, "old"), version=7)
    assert ids(engine) == []
    store(engine, entry(1, "new"), version=9)
    assert ids(engine) == [1]


def test_versions_are_each_entrys_own(engine: Engine) -> None:
    store(engine, entry(1, "ahead"), version=100)
    store(engine, entry(2, "behind"), version=50)

    assert ids(engine) == [1, 2]


def test_what_is_committed_is_seen_by_others(engine: Engine, connect: Connect) -> None:
    other = connect()
    assert ids(other) == []
    store(engine, entry(1))

    assert ids(other) == [1]


def test_an_unknown_field_is_not_written(engine: Engine) -> None:
    with pytest.raises(EngineError), engine.writing() as writer:
        writer.write([entry(1, colour=["red"])], 2)
        writer.commit()

    assert ids(engine) == []


def test_what_the_entries_raise_is_not_hidden(engine: Engine) -> None:
    def entries() -> Iterator[Entry]:
        yield entry(1)
        raise ValueError("of the caller")

    with pytest.raises(ValueError, match="of the caller"), engine.writing() as writer:
        writer.write(entries(), 2)
    with pytest.raises(ValueError, match="of the caller"), engine.writing():
        raise ValueError("of the caller")
    assert store(engine, entry(2)) == 1


def test_digests_come_in_the_order_of_ids(engine: Engine) -> None:
    entries = [entry(n, f"text {n}", locale=("vi", "en")[n % 2]) for n in range(1_200, 0, -1)]
    build(engine, entries)
    store(engine, entry(7, "changed", locale="en"), version=3)
    with engine.writing() as writer:
        writer.remove([8, 5_000], 4)
        writer.commit()

    expected = {each.id: (each.id, each.locale, each.digest) for each in entries}
    changed = entry(7, "changed", locale="en")
    expected[7] = (7, "en", changed.digest)
    del expected[8]
    with engine.writing() as writer:
        assert list(writer.digests()) == sorted(expected.values())


def test_before_the_first_build_nothing_is_written(connect: Connect) -> None:
    engine = connect()

    assert engine.stamp() is None
    with pytest.raises(EngineError), engine.writing():
        pass


def test_a_rebuild_replaces_everything(engine: Engine, connect: Connect) -> None:
    other = connect()
    build(engine, [entry(1), entry(2)], stamp="one")
    assert (ids(other), other.stamp()) == ([1, 2], "one")
    build(engine, [entry(2), entry(3)], stamp="two")

    assert (ids(other), other.stamp()) == ([2, 3], "two")
    assert (ids(engine), engine.stamp()) == ([2, 3], "two")


def test_a_rebuild_begins_with_no_memory_of_versions(engine: Engine) -> None:
    store(engine, entry(1, "a"), version=50)
    build(engine, [entry(1, "b")], version=3)

    assert bodies(engine, "a", "b") == {"a": [], "b": [1]}


def test_a_rebuild_that_does_not_take_over_leaves_the_index(engine: Engine) -> None:
    store(engine, entry(1))
    with engine.rebuilding("other") as rebuild:
        rebuild.write([entry(2)], 1)
        rebuild.commit()
        assert ids(engine) == [1]

    assert (ids(engine), engine.stamp()) == ([1], STAMP)


def test_a_rebuild_that_fails_leaves_the_index(engine: Engine) -> None:
    store(engine, entry(1))
    with pytest.raises(ZeroDivisionError), engine.rebuilding("other") as rebuild:
        rebuild.write([entry(2)], 1)
        raise ZeroDivisionError

    assert (ids(engine), engine.stamp()) == ([1], STAMP)


def test_the_index_is_written_during_a_rebuild(engine: Engine, connect: Connect) -> None:
    with engine.rebuilding("new") as rebuild:
        rebuild.write([entry(1, "a")], 1)
        store(connect(), entry(5, "a"))
        assert ids(engine) == [5]
        rebuild.write([entry(5, "a")], 2)
        rebuild.remove([1], 3)
        rebuild.take_over()

    assert ids(engine) == [5]


def test_only_one_rebuilds(engine: Engine, connect: Connect) -> None:
    with engine.rebuilding("first"), pytest.raises(EngineError), connect().rebuilding("second"):
        pass

    build(engine, [entry(1)])
    assert ids(engine) == [1]


def test_searches_during_rebuilds_find_everything_once(engine: Engine, connect: Connect) -> None:
    entries = [entry(number, "a") for number in range(1, 41)]
    build(engine, entries)
    done = threading.Event()
    answers: list[list[int]] = []
    failures: list[EngineError] = []

    def search() -> None:
        other = connect()
        while not done.is_set():
            try:
                found = other.search(Request(Everything(), ("vi",), limit=100))
                answers.append([hit.id for hit in found.hits])
            except EngineError as error:
                failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(6):
        build(engine, entries, stamp=f"stamp {number}")
    done.set()
    for thread in threads:
        thread.join()

    assert failures == []
    assert answers
    assert all(found == list(range(1, 41)) for found in answers)


def test_a_killed_rebuild_is_not_in_the_way(engine: Engine, connect: Connect) -> None:
    store(engine, entry(1))
    with (
        other_process("rebuild", connect),
        pytest.raises(EngineError),
        engine.rebuilding("second"),
    ):
        pass

    assert (ids(engine), engine.stamp()) == ([1], STAMP)
    build(engine, [entry(2)], stamp="after")
    assert (ids(engine), engine.stamp()) == ([2], "after")


def test_a_killed_writer_leaves_what_was_committed(engine: Engine, connect: Connect) -> None:
    store(engine, entry(1))
    with other_process("write", connect):
        pass

    store(engine, entry(2))
    assert {1, 2} <= set(ids(engine))
