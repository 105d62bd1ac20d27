"""``/graphql/`` beside what the plain site has."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from grapple import urls as grapple_urls

from benchmarks.plain_wagtail.urls import urlpatterns as plain_urls

urlpatterns: list[URLPattern | URLResolver] = [path("", include(grapple_urls)), *plain_urls]
