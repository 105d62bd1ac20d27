"""What is Elasticsearch's own: how often it is asked, points in time, bulks, generations."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from elasticsearch import Elasticsearch

from benchmarks.faults import Answer, Proxy
from cms.settings.env import PROJECT_DIR
from search.contract import EngineError, Entry, Facet, Request
from search.elastic.engine import ElasticEngine
from search.nodes import Term
from tests.search.elastic_cases import connect_elastic
from tests.search.engine_cases import STAMP, build, entry, ids, store

pytestmark = pytest.mark.elasticsearch

A = Term("body", "a")


@pytest.fixture
def proxy(elasticsearch_url: str) -> Iterator[Proxy]:
    """A way to the server that notes what is asked."""
    with Proxy(elasticsearch_url) as proxy:
        yield proxy


@pytest.fixture
def engine(proxy: Proxy, index_prefix: str) -> ElasticEngine:
    """An engine with nine entries."""
    engine = connect_elastic(proxy.url, index_prefix)
    build(engine, [entry(number, "a", topic=["red"]) for number in range(1, 10)])
    return engine


def indices(client: Elasticsearch, prefix: str) -> dict[str, list[str]]:
    """The aliases of each index."""
    found = client.indices.get(index=f"{prefix}*", expand_wildcards="all")
    return {name: sorted(state["aliases"]) for name, state in found.items()}


def test_a_search_is_one_request(engine: ElasticEngine, proxy: Proxy) -> None:
    proxy.requests.clear()

    engine.search(
        Request(
            A, ("vi",), {"topic": Term("topic", "red")}, frozenset({3}), (Facet("topic", "topic"),)
        )
    )

    assert len(proxy.requests) == 1
    assert "/_search?" in proxy.requests[0]


def test_later_pages_are_of_one_point_in_time(engine: ElasticEngine, proxy: Proxy) -> None:
    first = Request(A, ("vi",), limit=3)
    found = engine.search(first)
    proxy.requests.clear()
    found = engine.search(replace(first, after=found.hits[-1].place, snapshot=found.snapshot))
    assert len(proxy.requests) == 2
    assert [hit.id for hit in found.hits] == [4, 5, 6]

    with engine.writing() as writer:
        writer.remove([8], 5)
        writer.write([entry(7, "other")], 5)
        writer.commit()
    proxy.requests.clear()
    found = engine.search(replace(first, after=found.hits[-1].place, snapshot=found.snapshot))
    assert len(proxy.requests) == 1
    assert [hit.id for hit in found.hits] == [7, 8, 9]
    assert found.total == 9


@pytest.mark.parametrize("snapshot", ["rubbish", "", None])
def test_without_its_point_in_time_a_search_goes_on_as_things_stand(
    engine: ElasticEngine, elasticsearch_url: str, snapshot: str | None
) -> None:
    request = Request(A, ("vi",), limit=3, after=engine.search(Request(A, ("vi",))).hits[2].place)
    if snapshot is None:
        snapshot = engine.search(request).snapshot
        with Elasticsearch(elasticsearch_url) as client:
            client.close_point_in_time(id=snapshot)

    found = engine.search(replace(request, snapshot=snapshot))

    assert [hit.id for hit in found.hits] == [4, 5, 6]
    assert found.snapshot is None


def test_where_no_point_in_time_can_be_had_a_search_goes_on(
    engine: ElasticEngine, proxy: Proxy
) -> None:
    place = engine.search(Request(A, ("vi",))).hits[2].place
    with proxy.failing(Answer(429, "{}"), only="_pit"):
        found = engine.search(Request(A, ("vi",), limit=3, after=place))

    assert [hit.id for hit in found.hits] == [4, 5, 6]


def test_more_hits_than_the_servers_number_are_not_asked_for(engine: ElasticEngine) -> None:
    with pytest.raises(ValueError, match="10000"):
        engine.search(Request(A, ("vi",), limit=1, skip=10_000))


def test_bulks_are_bounded(engine: ElasticEngine, proxy: Proxy) -> None:
    proxy.requests.clear()
    store(engine, *(Entry(number, "vi", "", {"body": "b " * 30_000}) for number in range(100, 300)))
    assert sum("/_bulk?" in request for request in proxy.requests) == 4  # 12 MB, at most 4 each

    proxy.requests.clear()
    store(engine, *(entry(number, "c") for number in range(1_000, 3_500)))
    assert sum("/_bulk?" in request for request in proxy.requests) == 3  # at most 1,000 each
    assert len(ids(engine, Term("body", "b"))) == 200


def test_a_busy_server_gets_the_bulk_later(engine: ElasticEngine, proxy: Proxy) -> None:
    with engine.writing() as writer:
        with proxy.failing(Answer(429, '{"error": "busy"}'), only="_bulk"):
            proxy.requests.clear()
            thread = threading.Thread(target=writer.write, args=([entry(20, "d")], 2))
            thread.start()
            while len(proxy.requests) < 2:
                pass
        thread.join()
        writer.commit()

    assert ids(engine, Term("body", "d")) == [20]


def test_one_bad_entry_of_many_is_named(engine: ElasticEngine) -> None:
    with pytest.raises(EngineError, match="strict_dynamic_mapping_exception"):
        store(engine, entry(20, "e"), entry(21, "e", colour="red"), entry(22, "e"))


def test_a_locale_gets_an_index_with_its_first_entry(
    engine: ElasticEngine, elasticsearch_url: str, index_prefix: str
) -> None:
    assert ids(engine, locales=("fr",)) == []

    store(engine, entry(30, "a", locale="fr"))

    assert ids(engine, A, locales=("fr",)) == [30]
    assert engine.stamp() == STAMP
    with Elasticsearch(elasticsearch_url) as client:
        assert sorted(indices(client, index_prefix).values()) == [
            [f"{index_prefix}-{locale}"] for locale in ("en", "fr", "vi")
        ]
        build(engine, [])
        assert sorted(indices(client, index_prefix).values()) == [
            [f"{index_prefix}-{locale}"] for locale in ("en", "vi")
        ]


def test_the_new_index_takes_over_in_one_request(
    engine: ElasticEngine, proxy: Proxy, elasticsearch_url: str, index_prefix: str
) -> None:
    with Elasticsearch(elasticsearch_url) as client:
        before = indices(client, index_prefix)
        with engine.rebuilding("stamp-2") as rebuild:
            rebuild.write([entry(1, "a")], 1)
            rebuild.commit()
            assert len(ids(engine, A)) == 9
            proxy.requests.clear()
            rebuild.take_over()
        after = indices(client, index_prefix)
        settings = client.indices.get_settings(index=f"{index_prefix}-vi", flat_settings=True)

    assert sum("/_aliases" in request for request in proxy.requests) == 1
    assert before.keys().isdisjoint(after)
    assert sorted(after.values()) == [[f"{index_prefix}-en"], [f"{index_prefix}-vi"]]
    assert engine.stamp() == "stamp-2"
    [kept] = settings.values()
    assert "index.refresh_interval" not in kept["settings"]


def test_the_answer_to_taking_over_may_be_lost(engine: ElasticEngine, proxy: Proxy) -> None:
    with engine.rebuilding("stamp-2") as rebuild:
        rebuild.write([entry(1, "a")], 1)
        with proxy.failing("truncate", only="/_aliases"):
            rebuild.take_over()

    assert ids(engine, A) == [1]
    assert engine.stamp() == "stamp-2"


def test_a_refused_take_over_leaves_the_old_index(
    engine: ElasticEngine, proxy: Proxy, elasticsearch_url: str, index_prefix: str
) -> None:
    refused = Answer(503, '{"error": "no master"}')
    with (
        pytest.raises(EngineError),
        engine.rebuilding("stamp-2") as rebuild,
        proxy.failing(refused, only="/_aliases"),
    ):
        rebuild.take_over()
    assert len(ids(engine, A)) == 9

    build(engine, [])
    with Elasticsearch(elasticsearch_url) as client:
        assert len(indices(client, index_prefix)) == 2


BUILDER = """
import sys, time, django
django.setup()
from tests.search.elastic_cases import connect_elastic
from tests.search.engine_cases import entry
engine = connect_elastic(*sys.argv[1:])
with engine.rebuilding("killed") as rebuild:
    rebuild.write([entry(1, "a")], 1)
    print("building", flush=True)
    time.sleep(600)
"""


def test_a_killed_build_leaves_nothing(
    engine: ElasticEngine, elasticsearch_url: str, index_prefix: str
) -> None:
    with Elasticsearch(elasticsearch_url) as client:
        for _ in range(2):
            builder = subprocess.Popen(  # noqa: S603
                [sys.executable, "-c", BUILDER, elasticsearch_url, index_prefix],
                stdout=subprocess.PIPE, cwd=PROJECT_DIR,
            )  # fmt: skip
            with builder:
                assert builder.stdout is not None
                assert builder.stdout.readline() == b"building\n"
                with pytest.raises(EngineError, match="Another process"):
                    build(engine, [])
                builder.send_signal(signal.SIGKILL)
            assert len(indices(client, index_prefix)) == 4

            assert len(ids(engine, A)) == 9
            build(engine, [entry(number, "a") for number in range(1, 10)])
            assert len(indices(client, index_prefix)) == 2


def test_other_portals_indices_are_left_alone(
    engine: ElasticEngine, elasticsearch_url: str, index_prefix: str
) -> None:
    neighbour = connect_elastic(elasticsearch_url, f"{index_prefix}-vi")
    build(neighbour, [entry(1, "theirs")])

    build(engine, [])
    with neighbour.rebuilding(STAMP):
        build(engine, [])

    assert ids(neighbour, Term("body", "theirs")) == [1]
    assert ids(engine) == []


def test_a_build_whose_indices_are_taken_away_ends(
    engine: ElasticEngine, elasticsearch_url: str, index_prefix: str
) -> None:
    with engine.rebuilding(STAMP) as rebuild, Elasticsearch(elasticsearch_url) as client:
        names = indices(client, index_prefix)
        for name, aliases in names.items():
            if f"{name}-building" in aliases:
                client.indices.delete(index=name)

        with pytest.raises(EngineError):
            rebuild.write([entry(1, "a")], 1)
        assert len(indices(client, index_prefix)) == 2
