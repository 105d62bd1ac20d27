"""What is measured inside a site: ``python -m benchmarks.searching.inside`` reads ``"bodies"`` or
``"indexing"`` as JSON and prints JSON.

``bodies``: for each query the path and body of the one request that a search makes of
Elasticsearch. ``indexing``: seconds for all pages, by round: ``raw`` for the bulk of documents that
stand ready in memory, sent by the official client's own helper into an index with the same
mapping, ``ready`` for a whole rebuild whose entries stand ready, and ``anew`` for one that makes
every entry first, as after a change of the rules.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import django

from benchmarks.searching.questions import QUERIES
from scripts.elasticsearch import ADDRESS_VARIABLE

ROUNDS = 3
_SCRATCH = "bench-raw"


def bodies() -> list[tuple[str, Any]]:
    """Path and body of each query's request."""
    from django.conf import settings

    from cms.delivery.search.parameters import SearchParameters
    from cms.delivery.search.searching import first_request, read_query
    from search.elastic.answers import FILTER_PATH
    from search.elastic.translate import Translator
    from search.mapping import entry_fields

    translator = Translator(entry_fields())
    path = f"/{settings.CMS_ELASTICSEARCH_PREFIX}-vi/_search?filter_path={FILTER_PATH}"
    found: list[tuple[str, Any]] = []
    for text in QUERIES:
        parameters = SearchParameters.of({"q": text})
        request = first_request(read_query(text, "vi"), parameters, limit=20)
        found.append((path, translator.body(request)))
    return found


def indexing() -> dict[str, list[float]]:
    """Seconds of each round; the two in turn."""
    from elasticsearch import Elasticsearch
    from elasticsearch.helpers import bulk

    from cms.pages.visibility import visible_documents
    from search.engines import server_engine
    from search.entries import build_entry
    from search.indexing.documents import entry_store
    from search.indexing.rebuild import rebuild_index

    engine = server_engine()
    if engine is None:
        raise SystemExit("No Elasticsearch is configured")
    rebuild_index(engine)
    ready = [build_entry(row) for row in visible_documents().order_by("pk")]
    seconds: dict[str, list[float]] = {"raw": [], "ready": [], "anew": []}
    with Elasticsearch(os.environ[ADDRESS_VARIABLE], request_timeout=60) as client:
        (found,) = client.indices.get(index=f"{os.environ['CMS_ELASTICSEARCH_PREFIX']}-vi").values()
        mappings = {key: value for key, value in found["mappings"].items() if key != "_meta"}
        settings = {"number_of_replicas": 0, "refresh_interval": -1}

        def actions() -> Iterator[dict[str, Any]]:
            for entry in ready:
                document = {"id": entry.id, "digest": entry.digest, **entry.fields}
                yield {"_index": _SCRATCH, "_id": str(entry.id), "_source": document}

        def send() -> None:
            bulk(client, actions())
            client.indices.refresh(index=_SCRATCH)

        for _ in range(ROUNDS):
            client.indices.delete(index=_SCRATCH, ignore_unavailable=True)
            client.indices.create(index=_SCRATCH, mappings=mappings, settings=settings)
            seconds["raw"].append(_seconds(send))
            seconds["ready"].append(_seconds(lambda: rebuild_index(engine)))
            entry_store().forget(entry.id for entry in ready)
            seconds["anew"].append(_seconds(lambda: rebuild_index(engine)))
        client.indices.delete(index=_SCRATCH)
    return seconds


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Answer the question on standard input."""
    django.setup()
    question: str = json.load(sys.stdin)
    json.dump({"bodies": bodies, "indexing": indexing}[question](), sys.stdout)


if __name__ == "__main__":
    main()
