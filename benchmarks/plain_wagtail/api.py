"""API v2 as the documentation sets it up, and once more with the cheapest cure for its rendering.

v2 indents its JSON, for which Python's own slow encoder is taken. A site that knows that writes a
renderer of its own; measuring it too shows how much of a ratio is owed to the indentation alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

__all__ = ["api_router", "compact_router"]


class CompactRenderer(JSONRenderer):
    """The same JSON without indentation, written by orjson."""

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return orjson.dumps(data, default=JSONEncoder().default, option=orjson.OPT_NON_STR_KEYS)


class CompactPagesAPIViewSet(PagesAPIViewSet):
    """v2's pages with that renderer."""

    renderer_classes = [CompactRenderer]
    name = "pages"


api_router = WagtailAPIRouter("wagtailapi")
api_router.register_endpoint("pages", PagesAPIViewSet)

compact_router = WagtailAPIRouter("wagtailapi_compact")
compact_router.register_endpoint("pages", CompactPagesAPIViewSet)
