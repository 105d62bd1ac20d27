"""For whoever watches the service: is it alive, is it ready."""

from __future__ import annotations

from functools import lru_cache

import orjson
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

from cms.changes.models import FollowerCursor
from cms.changes.worker import HEARTBEAT
from cms.delivery import schemas
from cms.delivery.problems import Problem
from cms.delivery.routing import Routes, json_response
from cms.pages.builder import format_time

__all__ = ["routes"]

routes = Routes("Health")

_OK = orjson.dumps({"status": "ok"})


@routes.get("healthz", answer=schemas.HEALTH)
def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. Asks nothing of the database."""
    return json_response(request, _OK, shared=False)


@routes.get("readyz", answer=schemas.HEALTH)
def readyz(request: HttpRequest) -> HttpResponse:
    """Ready: the database answers and has every migration. 503 otherwise.

    `worker` says when a worker was last seen; reading goes on without one.
    """
    if not _is_migrated():
        raise Problem("unavailable", "The database waits for migrations.")
    beat = FollowerCursor.objects.filter(name=HEARTBEAT).first()
    seen = format_time(beat.held_until) if beat else None
    return json_response(request, orjson.dumps({"status": "ok", "worker": seen}), shared=False)


@lru_cache(maxsize=1)
def _migrated_once() -> bool:
    """Remembered: migrations are not undone under a running server."""
    return True


def _is_migrated() -> bool:
    if _migrated_once.cache_info().currsize:
        return True
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    return _migrated_once()
