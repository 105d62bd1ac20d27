"""The embedded index's folder: shared by processes, damaged, read-only, killed in."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from search.contract import EngineError, Facet, Request
from search.embedded import EmbeddedEngine
from search.nodes import Everything, Prefix, Term
from tests.search.conftest import embedded
from tests.search.engine_cases import build, case_fields, entry, ids, store
from tests.search.other_process import other_process


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the index of this test is, or will be."""
    return tmp_path / "index"


@pytest.fixture
def engine(folder: Path) -> EmbeddedEngine:
    """An engine whose index has one entry."""
    engine = connected(folder)
    build(engine, [entry(1, "a")])
    return engine


def connected(folder: Path) -> EmbeddedEngine:
    """Another engine on the same index, as another process has it."""
    return EmbeddedEngine(folder, fields=case_fields, patience=0.3)


def generations(folder: Path) -> list[str]:
    """The generations that are on the disk."""
    return sorted(path.name for path in folder.glob("generation-*"))


def test_a_node_is_known_by_its_folder(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        names = set(pool.map(lambda _: connected(tmp_path / "one").follower_name, range(16)))

    assert len(names) == 1
    assert names != {connected(tmp_path / "two").follower_name}
    assert names.pop().startswith("search-embedded-")
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["node"]


def test_a_rebuild_leaves_one_generation(engine: EmbeddedEngine, folder: Path) -> None:
    before = generations(folder)
    build(engine, [entry(2)])

    after = generations(folder)
    assert len(after) == 1
    assert after != before


def test_an_open_index_answers_after_its_files_are_gone(
    engine: EmbeddedEngine, folder: Path
) -> None:
    """As between two looks: a search that has begun ends on the generation that it began with."""
    generation = engine._current()
    build(connected(folder), [entry(2), entry(3)])

    assert generation.searcher().num_docs == 1
    assert ids(engine) == [2, 3]


def test_a_failed_rebuild_leaves_nothing(engine: EmbeddedEngine, folder: Path) -> None:
    before = generations(folder)
    with pytest.raises(ZeroDivisionError), engine.rebuilding("new") as rebuild:
        rebuild.write([entry(2)], 1)
        raise ZeroDivisionError

    assert generations(folder) == before


def test_what_a_killed_rebuild_left_goes_with_the_next(
    engine: EmbeddedEngine, folder: Path
) -> None:
    with other_process("rebuild", embedded(folder)):
        assert len(generations(folder)) == 2
    assert len(generations(folder)) == 2
    build(engine, [entry(2)])

    assert len(generations(folder)) == 1
    assert ids(engine) == [2]


def test_one_process_writes_at_a_time(engine: EmbeddedEngine, folder: Path) -> None:
    with other_process("write", embedded(folder)):
        with pytest.raises(EngineError, match="writing"), engine.writing():
            pass
        assert ids(engine) == [1]

    assert store(engine, entry(2)) == 1
    assert ids(engine) == [1, 2]


def test_a_rebuild_takes_over_after_who_is_writing(engine: EmbeddedEngine, folder: Path) -> None:
    with (
        pytest.raises(EngineError, match="writing"),
        engine.rebuilding("new") as rebuild,
        connected(folder).writing(),
    ):
        rebuild.take_over()

    assert ids(engine) == [1]
    assert len(generations(folder)) == 1


def test_after_taking_over_nothing_more_is_written(engine: EmbeddedEngine) -> None:
    with engine.rebuilding("new") as rebuild:
        rebuild.take_over()
        with pytest.raises(EngineError):
            rebuild.write([entry(2)], 1)

    assert ids(engine) == []


def test_threads_search_while_one_writes(engine: EmbeddedEngine) -> None:
    def search(_number: int) -> int:
        return engine.search(Request(Term("body", "a"), ("vi",))).total

    with ThreadPoolExecutor(4) as pool:
        totals = pool.map(search, range(200))
        for number in range(2, 12):
            store(engine, entry(number, "a"), version=number)

    assert set(totals) <= set(range(1, 12))
    assert search(0) == 11


def test_fields_are_those_that_the_index_was_made_with(folder: Path) -> None:
    old = EmbeddedEngine(folder, fields=lambda: case_fields()[1:])
    build(old, [entry(1, "a")])
    new = connected(folder)

    assert ids(new, Term("body", "a")) == [1]
    with pytest.raises(EngineError, match="title"):
        new.search(Request(Term("title", "a"), ("vi",)))
    build(new, [entry(1, "a", title="t")])
    assert ids(old, Term("title", "t")) == [1]


def test_the_frequency_of_words_forgets_what_is_gone(engine: EmbeddedEngine) -> None:
    store(engine, entry(1, "a b"), entry(2, "b b", locale="en"), entry(3, "secret"))
    with engine.writing() as writer:
        writer.remove([3], 3)
        writer.commit()

    words = ["a", "b", "secret", "none"]
    assert engine.frequency("body", words) == {"a": 1, "b": 2, "secret": 0, "none": 0}
    with pytest.raises(EngineError):
        engine.frequency("colour", words)


def test_a_long_rebuild_is_searched_whole(folder: Path) -> None:
    """More entries than are kept in memory until a commit, with versions that are looked up."""
    engine = connected(folder)
    with engine.rebuilding("new") as rebuild:
        assert rebuild.write((entry(number, "a") for number in range(1, 12_001)), 5) == 12_000
        assert rebuild.write([entry(1, "old"), entry(11_999, "old"), entry(2, "new")], 4) == 0
        rebuild.remove([3], 6)
        rebuild.take_over()

    assert engine.search(Request(Term("body", "a"), ("vi",))).total == 11_999


def test_a_folder_that_cannot_be_used_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    engine = connected(tmp_path / "file" / "index")

    uses: tuple[Callable[[], object], ...] = (
        engine.stamp,
        lambda: engine.follower_name,
        lambda: ids(engine),
        lambda: store(engine, entry(1)),
        lambda: build(engine, []),
    )
    for use in uses:
        with pytest.raises(EngineError):
            use()


DAMAGES = ["empty", "half", "missing", "garbage", "flipped"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_an_error_and_is_healed_by_a_rebuild(
    folder: Path, tmp_path: Path, damage: str
) -> None:
    whole, random = tmp_path / "whole", Random(damage)  # noqa: S311 - the same at every run
    made = connected(whole)
    entries = [entry(n, f"w{n % 7} w{n % 11}", topic=[f"t{n}"], size=n) for n in range(200)]
    build(made, entries)
    store(made, *entries[:20])
    files = [path for path in whole.rglob("*") if path.is_file() and path.suffix != ".lock"]
    for path in {path.suffix or path.name: path for path in files}.values():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(whole, folder)
        _damage(folder / path.relative_to(whole), damage, random)

        engine = connected(folder)
        _raises_nothing_else(engine)
        build(engine, entries)
        assert ids(engine) == list(range(200)), path.name


def _damage(path: Path, damage: str, random: Random) -> None:
    content = bytearray(path.read_bytes())
    match damage:
        case "missing":
            path.unlink()
            return
        case "empty":
            content.clear()
        case "half":
            del content[len(content) // 2 :]
        case "garbage":
            content[:] = random.randbytes(len(content))
        case "flipped":
            content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    path.write_bytes(content)


def _raises_nothing_else(engine: EmbeddedEngine) -> None:
    def read_digests() -> None:
        with engine.writing() as writer:
            list(writer.digests())

    uses: tuple[Callable[[], object], ...] = (
        engine.stamp,
        lambda: engine.search(Request(Everything(), ("vi",), facets=(Facet("t", "topic"),))),
        lambda: engine.search(Request(Prefix("body", "w"), ("vi",))),
        read_digests,
        lambda: store(engine, entry(1, "z")),
    )
    for use in uses:
        with suppress(EngineError):  # a flipped bit may go unnoticed, too
            use()
