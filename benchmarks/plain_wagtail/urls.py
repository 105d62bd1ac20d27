"""Both of Wagtail's APIs, mounted as its documentation mounts them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.api.v3.urls import api as api_v3

from benchmarks.plain_wagtail.api import api_router, compact_router

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include(wagtailadmin_urls)),
    path("api/v2/", api_router.urls),
    path("api/v2-compact/", compact_router.urls),
    path("api/v3/", api_v3.urls),
    path("", include(wagtail_urls)),
]
