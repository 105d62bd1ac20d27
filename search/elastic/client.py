"""The way to the servers: one pool of connections for each process."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
from elastic_transport import ConnectionError as NoConnection
from elastic_transport import ConnectionTimeout, TransportError
from elasticsearch import Elasticsearch
from elasticsearch.serializer import OrjsonSerializer

from search.contract import EngineError
from search.elastic.node import PunctualNode

__all__ = ["Client", "Refused", "to_json"]

_CONNECTIONS = 80
"""To each server: more than a process has threads, since waiting for one has no time limit."""

_JSON = "application/vnd.elasticsearch+json; compatible-with=9"
_LINES = "application/vnd.elasticsearch+x-ndjson; compatible-with=9"


class Refused(EngineError):
    """A server answered that it can't. ``status`` is that of HTTP, ``kind`` Elasticsearch's word
    for the reason."""

    def __init__(self, status: int, kind: str, reason: str = "") -> None:
        super().__init__(f"Elasticsearch answers {status}: {kind} {reason}".rstrip())
        self.status = status
        self.kind = kind


class Client:
    """Asks one of the servers, and another one where it can't be reached. Safe for threads.

    The official client's own methods cost as much time as a search takes; so its transport is
    used, with its pool of servers, which leaves those out that failed, for a while.
    """

    def __init__(
        self,
        urls: Sequence[str],
        api_key: str | None = None,
        ca_file: Path | None = None,
        *,
        patience: float = 30.0,
    ) -> None:
        """``patience`` is how long is waited where no reader waits, in seconds."""
        self.patience = patience
        options: dict[str, Any] = {"ca_certs": str(ca_file)} if ca_file else {}
        self._client = Elasticsearch(
            list(urls),
            node_class=PunctualNode,
            connections_per_node=_CONNECTIONS,
            serializer=OrjsonSerializer(),
            meta_header=False,  # says what client this is, at every search
            **options,
        )
        self._transport = self._client.transport
        self._attempts = len(urls) + 1  # a kept connection may have been closed meanwhile
        self._headers = {"accept": _JSON, "content-type": _JSON}
        if api_key:
            self._headers["authorization"] = f"ApiKey {api_key}"
        self._lines_headers = self._headers | {"content-type": _LINES}

    def send(
        self,
        method: str,
        target: str,
        body: Mapping[str, Any] | bytes | None = None,
        *,
        seconds: float | None = None,
    ) -> dict[str, Any]:
        """A server's answer, within ``seconds`` in all; bytes are sent as lines of JSON.

        A request is sent again, to another server, where no connection was had or it was lost: it
        must be one that may arrive twice. Raises Refused for any other status than 2xx, EngineError
        where there is no answer or it isn't Elasticsearch's.
        """
        headers = self._lines_headers if isinstance(body, bytes) else self._headers
        content = body if body is None or isinstance(body, bytes) else to_json(body)
        seconds = self.patience if seconds is None else seconds
        ends = time.monotonic() + seconds
        for attempt in range(1, self._attempts + 1):
            if seconds <= 0:
                raise EngineError("Elasticsearch: no time is left.")
            try:
                meta, answer = self._transport.perform_request(
                    method,
                    target,
                    headers=headers,
                    body=content,
                    request_timeout=seconds,
                    max_retries=0,
                )
                break
            except TransportError as error:
                lost = isinstance(error, NoConnection) and not isinstance(error, ConnectionTimeout)
                if not lost or attempt == self._attempts:
                    raise EngineError(f"Elasticsearch: {error.__cause__ or error}") from error
                seconds = ends - time.monotonic()
        if not 200 <= meta.status < 300:
            raise Refused(meta.status, *_reason(answer))
        if meta.headers.get("x-elastic-product") != "Elasticsearch" or not isinstance(answer, dict):
            raise EngineError("What answers is not Elasticsearch.")
        return answer

    def close(self) -> None:
        """Closes the connections."""
        self._client.close()


def to_json(body: Mapping[str, Any]) -> bytes:
    """Raises EngineError for what is nested too deeply or is no text."""
    try:
        return orjson.dumps(body)
    except orjson.JSONEncodeError as error:
        raise EngineError(f"Elasticsearch can't be told that: {error}") from error


def _reason(answer: Any) -> tuple[str, str]:
    """What the server says is wrong: a kind, and more in words."""
    error = answer.get("error") if isinstance(answer, dict) else answer
    if isinstance(error, dict):
        causes = error.get("root_cause")
        cause = causes[0] if isinstance(causes, list) and causes else error
        if isinstance(cause, dict):
            return str(cause.get("type")), str(cause.get("reason"))[:500]
    return str(error)[:500], ""
