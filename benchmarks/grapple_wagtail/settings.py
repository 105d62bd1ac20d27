"""The plain site's settings with grapple, set up as its documentation says."""

from __future__ import annotations

from typing import Any

from benchmarks.plain_wagtail.settings import *  # noqa: F403 - all of them
from benchmarks.plain_wagtail.settings import INSTALLED_APPS as PLAIN_APPS

INSTALLED_APPS = [*PLAIN_APPS, "benchmarks.grapple_wagtail", "grapple", "graphene_django"]
ROOT_URLCONF = "benchmarks.grapple_wagtail.urls"
WSGI_APPLICATION = "benchmarks.grapple_wagtail.wsgi.application"

GRAPHENE = {"SCHEMA": "grapple.schema.schema"}
GRAPPLE: dict[str, Any] = {"APPS": ["plain_wagtail"], "EXPOSE_GRAPHIQL": False}
