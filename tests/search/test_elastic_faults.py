"""T1: whatever happens to Elasticsearch or on the way to it, readers get an answer, and what could
not be written is written later."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from benchmarks.faults import Answer, Fault, Proxy
from search.breaker import Breaker
from search.contract import EngineError, Request
from search.elastic.client import Client
from search.elastic.engine import ElasticEngine
from search.embedded import EmbeddedEngine
from search.engines import Engines
from search.nodes import Term
from tests.search.elastic_cases import connect_elastic
from tests.search.engine_cases import STAMP, build, case_fields, entry, ids, store

pytestmark = pytest.mark.elasticsearch

REQUEST = Request(Term("body", "a"), ("vi",))
PATIENCE = 60.0  # seconds until what does not mend itself is taken as broken

FAULTS: list[Fault] = [
    "refuse",
    "reset",
    "hang",
    "trickle",
    "truncate",
    Answer(503, '{"error": "no master"}'),
    Answer(429, '{"error": {"type": "es_rejected_execution_exception", "reason": "full"}}'),
    Answer(200, "<html><h1>Welcome</h1></html>", "text/html", product=None),
    Answer(200, '{"took": 1, "hits": []}', product=None),
    Answer(200, '{"took": 1, "timed_out": false, "hits": {"hits": [{"sort": "rubbish"}]}}'),
    Answer(200, '{"took": 1, "timed_out": false, "hits": "none", "errors": true}'),
    Answer(200, "[]"),
    Answer(200, "{}"),
    Answer(200, '{"took": 1, "timed_out"'),
    Answer(302, "moved", "text/plain"),
]


@pytest.fixture
def proxy(elasticsearch_url: str) -> Iterator[Proxy]:
    """A way to the server that can be disturbed."""
    with Proxy(elasticsearch_url) as proxy:
        yield proxy


@pytest.fixture
def server(elasticsearch_url: str, index_prefix: str) -> ElasticEngine:
    """The undisturbed engine, with two entries."""
    engine = connect_elastic(elasticsearch_url, index_prefix)
    build(engine, [entry(1, "a"), entry(2, "a b")])
    return engine


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedEngine:
    """The engine that is always there, with the same entries."""
    engine = EmbeddedEngine(tmp_path / "index", fields=case_fields)
    build(engine, [entry(1, "a"), entry(2, "a b")])
    return engine


def disturbed_engine(proxy: Proxy, prefix: str, *, seconds: float = 0.25) -> ElasticEngine:
    """The engine behind the proxy, with the product's time for a search."""
    client = Client([proxy.url], patience=1.0)
    return ElasticEngine(
        client, prefix=prefix, locales=("vi", "en"), seconds=seconds, fields=case_fields
    )


def until(condition: Callable[[], bool]) -> None:
    """Waits for what happens by itself."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def is_answered_by_server(engines: Engines) -> bool:
    found, engine, degraded = engines.find(REQUEST)
    assert [hit.id for hit in found.hits] == [1, 2]
    assert degraded == (engine is engines.embedded)
    return engine is engines.server


@pytest.mark.parametrize("fault", FAULTS, ids=str)
@pytest.mark.usefixtures("server")
def test_t1_the_embedded_engine_answers_until_the_server_is_back(
    proxy: Proxy, index_prefix: str, embedded: EmbeddedEngine, fault: Fault
) -> None:
    breaker = Breaker()
    engines = Engines(embedded, disturbed_engine(proxy, index_prefix), breaker)
    until(lambda: is_answered_by_server(engines))

    with proxy.failing(fault):
        for _ in range(5):
            assert not is_answered_by_server(engines)
        assert breaker.is_open
        asked = len(proxy.requests)
        # No second passes meanwhile, unless this process is held up: then one probe may be sent.
        assert not any(is_answered_by_server(engines) for _ in range(10))
        assert len(proxy.requests) <= asked + 2

    until(lambda: is_answered_by_server(engines))
    assert not breaker.is_open


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_t1_what_could_not_be_written_is_written_again(
    proxy: Proxy, index_prefix: str, server: ElasticEngine, fault: Fault
) -> None:
    disturbed = disturbed_engine(proxy, index_prefix)

    with proxy.failing(fault), pytest.raises(EngineError):
        store(disturbed, entry(3, "a"), version=5)
    with proxy.failing(fault, only="_bulk"), pytest.raises(EngineError):
        store(disturbed, entry(3, "a"), version=5)
    with proxy.failing(fault, only="_refresh"), pytest.raises(EngineError):
        store(disturbed, entry(3, "a"), version=5)
    assert store(disturbed, entry(3, "a"), version=5) == 1

    assert ids(server, Term("body", "a")) == [1, 2, 3]
    with server.writing() as writer:
        assert [found for found, _, _ in writer.digests()] == [1, 2, 3]


@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_t1_an_index_is_not_judged_by_what_is_no_answer(
    proxy: Proxy, index_prefix: str, server: ElasticEngine, fault: Fault
) -> None:
    disturbed = disturbed_engine(proxy, index_prefix)

    with proxy.failing(fault):
        with contextlib.suppress(EngineError):
            assert disturbed.stamp() is None
        with pytest.raises(EngineError), server.writing(), disturbed.writing() as writer:
            list(writer.digests())
    assert disturbed.stamp() == STAMP


def damage_nothing_left(client: Elasticsearch, prefix: str) -> None:
    for name in client.indices.get(index=f"{prefix}*"):
        client.indices.delete(index=name)


def damage_one_locale_lost(client: Elasticsearch, prefix: str) -> None:
    client.indices.delete(index=next(iter(client.indices.get_alias(name=f"{prefix}-vi"))))


def damage_other_mapping(client: Elasticsearch, prefix: str) -> None:
    """Somebody points the alias to an index of theirs."""
    client.indices.create(index=f"{prefix}theirs", mappings={"properties": {"x": {"type": "text"}}})
    client.indices.update_aliases(actions=[
        {"remove": {"index": "*", "alias": f"{prefix}-vi"}},
        {"add": {"index": f"{prefix}theirs", "alias": f"{prefix}-vi"}},
    ])  # fmt: skip


def damage_two_behind_one_alias(client: Elasticsearch, prefix: str) -> None:
    client.indices.create(index=f"{prefix}theirs", mappings={"properties": {"x": {"type": "text"}}})
    client.indices.put_alias(index=f"{prefix}theirs", name=f"{prefix}-vi")


def damage_made_by_itself(client: Elasticsearch, prefix: str) -> None:
    """Somebody's write after a loss has made an index where the alias was."""
    damage_one_locale_lost(client, prefix)
    client.index(index=f"{prefix}-vi", document={"x": 1}, refresh=True)


@pytest.mark.parametrize(
    "damage",
    [
        damage_nothing_left,
        damage_one_locale_lost,
        damage_other_mapping,
        damage_two_behind_one_alias,
        damage_made_by_itself,
    ],
)
def test_t1_a_damaged_index_is_not_searched_and_is_built_anew(
    elasticsearch_url: str,
    index_prefix: str,
    server: ElasticEngine,
    embedded: EmbeddedEngine,
    damage: Callable[[Elasticsearch, str], None],
) -> None:
    engines = Engines(embedded, server)
    assert is_answered_by_server(engines)
    with Elasticsearch(elasticsearch_url) as client:
        damage(client, index_prefix)

        # An alias that leads to more than one index may still give the right answer.
        by_server = is_answered_by_server(engines)
        assert not by_server or damage is damage_two_behind_one_alias
        assert server.stamp() is None
        with pytest.raises(EngineError):
            store(server, entry(3, "a"))

        build(server, [entry(1, "a"), entry(2, "a b")])
        assert is_answered_by_server(engines)
        assert server.stamp() == STAMP
        aliases = client.indices.get_alias(name=f"{index_prefix}-vi")
        assert len(aliases) == 1


def test_t1_an_index_that_is_not_whole_is_built_anew(
    elasticsearch_url: str, index_prefix: str, server: ElasticEngine
) -> None:
    with server.rebuilding(STAMP), Elasticsearch(elasticsearch_url) as client:
        names = client.indices.get(index=f"{index_prefix}*")
        [half] = [name for name, it in names.items()
                  if "-vi-" in name and f"{index_prefix}-vi" not in it["aliases"]]  # fmt: skip
        client.indices.update_aliases(actions=[
            {"remove": {"index": "*", "alias": f"{index_prefix}-vi"}},
            {"add": {"index": half, "alias": f"{index_prefix}-vi"}},
        ])  # fmt: skip

        assert server.stamp() is None


def test_t1_entries_that_are_found_twice_are_no_answer(
    elasticsearch_url: str, index_prefix: str, server: ElasticEngine
) -> None:
    with server.rebuilding(STAMP) as rebuild, Elasticsearch(elasticsearch_url) as client:
        rebuild.write([entry(1, "a"), entry(2, "a b")], 1)
        rebuild.commit()
        for name in client.indices.get(index=f"{index_prefix}-vi-*"):
            client.indices.put_alias(index=name, name=f"{index_prefix}-vi")

        with pytest.raises(EngineError, match="twice"):
            server.search(REQUEST)
        assert server.stamp() is None


def test_t1_a_read_only_index_answers_and_takes_what_it_missed_later(
    elasticsearch_url: str, index_prefix: str, server: ElasticEngine
) -> None:
    def allow(client: Elasticsearch, *, writing: bool) -> None:
        block = {"index.blocks.write": None if writing else True}
        client.indices.put_settings(index=f"{index_prefix}-*", settings=block)

    with Elasticsearch(elasticsearch_url) as client:
        allow(client, writing=False)
        with pytest.raises(EngineError, match="cluster_block_exception"):
            store(server, entry(3, "a"))
        with pytest.raises(EngineError), server.writing() as writer:
            writer.remove([1], 5)
        assert ids(server, Term("body", "a")) == [1, 2]

        allow(client, writing=True)
        store(server, entry(3, "a"))
        assert ids(server, Term("body", "a")) == [1, 2, 3]
