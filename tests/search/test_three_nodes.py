"""Three nodes of which the master is killed: whoever writes or searches does not notice."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from elasticsearch import Elasticsearch

from scripts.elasticsearch import Cluster, Node

INDEX = "documents"
STEP = 200
"""Requests of each kind that succeed before the master is killed, and again after it."""

PATIENCE = 120  # seconds until a cluster that does not go on is taken as broken


class Traffic:
    """One thread that writes and one that searches, without a pause, until told to stop."""

    def __init__(self, client: Elasticsearch) -> None:
        """``client`` is shared by the threads."""
        self.client = client
        self.stopped = threading.Event()
        self.written = self.searches = 0
        self.threads: list[Future[None]] = []

    @contextlib.contextmanager
    def going_on(self) -> Iterator[None]:
        """Have the threads run meanwhile; raises what a request of theirs raised."""
        with ThreadPoolExecutor(2) as pool:
            self.threads = [pool.submit(self._write), pool.submit(self._search)]
            try:
                yield
            finally:
                self.stopped.set()
        for thread in self.threads:
            thread.result()

    def _write(self) -> None:
        while not self.stopped.is_set():
            # With an id of ours a request that is sent again writes the same document.
            self.client.index(index=INDEX, id=str(self.written), document={"n": self.written})
            self.written += 1

    def _search(self) -> None:
        while not self.stopped.is_set():
            found = self.client.search(
                index=INDEX, query={"term": {"n": 0}}, allow_partial_search_results=False
            )
            assert [hit["_id"] for hit in found["hits"]["hits"]] == ["0"]
            self.searches += 1

    def wait_for_more(self) -> None:
        """Wait until as many writes and searches more have succeeded, or a thread has failed."""
        written, searches = self.written + STEP, self.searches + STEP
        deadline = time.monotonic() + PATIENCE
        while self.written < written or self.searches < searches:
            if any(thread.done() for thread in self.threads):
                return  # `going_on` raises what it was
            assert time.monotonic() < deadline, "the cluster does not go on"
            time.sleep(0.01)


def master_of(client: Elasticsearch, cluster: Cluster) -> Node:
    """The node that the others follow at this moment."""
    state = client.cluster.state(metric=["master_node", "nodes"])
    name = state["nodes"][state["master_node"]]["name"]
    return next(node for node in cluster.nodes if node.name == name)


@pytest.mark.elasticsearch
def test_the_master_is_killed_and_no_document_or_request_is_lost(
    three_nodes: Cluster, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("ERROR", "elastic_transport")  # it warns of every request that it repeats
    settings = {
        "number_of_shards": 3,
        "number_of_replicas": 1,
        "unassigned.node_left.delayed_timeout": "1s",
    }
    with Elasticsearch(three_nodes.urls, max_retries=10, retry_on_timeout=True) as client:
        client.indices.create(index=INDEX, settings=settings, wait_for_active_shards="all")
        client.index(index=INDEX, id="0", document={"n": 0}, refresh="wait_for")
        traffic = Traffic(client)
        master = master_of(client, three_nodes)
        with traffic.going_on():
            traffic.wait_for_more()
            master.kill()
            traffic.wait_for_more()
            client.cluster.health(wait_for_status="green", wait_for_nodes="2", timeout="60s")
        assert master_of(client, three_nodes).name != master.name
        client.indices.refresh(index=INDEX)
        assert client.count(index=INDEX)["count"] == traffic.written
