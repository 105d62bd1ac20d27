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
    check_migrations()
    beat = FollowerCursor.objects.filter(name=HEARTBEAT).first()
    seen = format_time(beat.held_until) if beat else None
    return json_response(request, orjson.dumps({"status": "ok", "worker": seen}), shared=False)


@lru_cache(maxsize=1)
def check_migrations() -> None:
    """Raises Problem while the database waits for a migration.

    That it waits for none is remembered: they are not undone under a running server.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Problem("unavailable", "The database waits for migrations.")
