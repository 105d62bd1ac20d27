"""Delivery's addresses: version 1 of the API, GraphQL, images, health."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from django.apps import AppConfig, apps
from django.urls import URLPattern, path

from cms.delivery.endpoints import (
    changes,
    content_types,
    description,
    drafts,
    feeds,
    health,
    menus,
    pages,
    search,
)
from cms.delivery.graphql.explorer import explorer
from cms.delivery.graphql.view import graphql
from cms.delivery.images import image_preset, image_vector
from cms.delivery.problem_types import API_PATH
from cms.delivery.routing import Endpoint, Routes, delivery_view, url_pattern
from cms.plugins.config import ContentPlugin, import_export

__all__ = ["all_endpoints", "urlpatterns"]

_V1 = API_PATH.lstrip("/")
_CORE: tuple[tuple[str, Routes], ...] = (
    (_V1, pages.routes),
    (_V1, search.routes),
    (_V1, content_types.routes),
    (_V1, menus.routes),
    (_V1, changes.routes),
    (_V1, drafts.routes),
    (_V1, feeds.routes),
    (_V1, description.routes),
    ("", health.routes),
)


@lru_cache(maxsize=1)
def _mounted() -> list[tuple[str, Endpoint, Callable[[], bool]]]:
    """Every endpoint with its prefix and whether it is open now.

    An app of the project adds its own below ``/api/v1/``, a plugin below ``/api/v1/<label>/``,
    closed while the plugin is disabled.
    """
    mounted = [(prefix, one, _always) for prefix, routes in _CORE for one in routes]
    for config in apps.get_app_configs():
        if isinstance(config, ContentPlugin):
            prefix, is_open = f"{_V1}{config.label}/", _while_enabled(config)
            mounted += [(prefix, one, is_open) for one in _routes_of(config)]
        elif config.name.startswith("cms."):
            mounted += [(_V1, one, _always) for one in _routes_of(config)]
    return mounted


def _routes_of(config: AppConfig) -> Routes:
    routes: Routes | None = import_export(config, "routes")
    return routes or Routes("")


def _always() -> bool:
    return True


def _while_enabled(plugin: ContentPlugin) -> Callable[[], bool]:
    return lambda: plugin.enabled


def all_endpoints() -> Iterator[tuple[str, Endpoint]]:
    """Every open endpoint with the prefix of its path."""
    return ((prefix, one) for prefix, one, is_open in _mounted() if is_open())


def urlpatterns_of_endpoints() -> list[URLPattern]:
    """The endpoints' addresses, open or not."""
    return [url_pattern(prefix, one, is_open) for prefix, one, is_open in _mounted()]


urlpatterns: list[URLPattern] = [
    *urlpatterns_of_endpoints(),
    path("graphql/", graphql, name="graphql"),
    path("graphql/explorer", explorer, name="graphql-explorer"),
    path(f"{_V1}docs", delivery_view(description.docs), name="api-docs"),
    path(
        "images/<int:image_id>/<slug:version>/<slug:preset>/<int:width>.<slug:form>",
        image_preset,
        name="image-preset",
    ),
    path("images/<int:image_id>/<slug:version>.svg", image_vector, name="image-vector"),
]
