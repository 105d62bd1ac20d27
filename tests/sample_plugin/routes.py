"""``GET /api/v1/course/upcoming``."""

from __future__ import annotations

import orjson
from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from pydantic import Field

from cms.plugins.api import Parameters, Routes, json_response, typed_documents
from tests.sample_plugin.apps import CoursePlugin
from tests.sample_plugin.conf import Settings
from tests.sample_plugin.models import CoursePage

__all__ = ["routes"]

routes = Routes("Courses")


class UpcomingParameters(Parameters):
    """The parameters of ``/course/upcoming``."""

    online: bool | None = Field(default=None, description="Only courses that are online, or not.")


@routes.get("upcoming", answer={"type": "array", "items": {"type": "string"}})
def upcoming_courses(request: HttpRequest, parameters: UpcomingParameters) -> HttpResponse:
    """The titles of the courses that begin next."""
    found = typed_documents(CoursePage).filter(starts_at__gt=timezone.now()).order_by("starts_at")
    if parameters.online is not None:
        found = found.filter(is_online=parameters.online)
    titles = list(found.values_list("title", flat=True)[: _settings().upcoming_limit])
    return json_response(request, orjson.dumps(titles), tags=["type:course"])


def _settings() -> Settings:
    plugin = apps.get_app_config("course")
    if not isinstance(plugin, CoursePlugin):
        raise TypeError("The app 'course' is another plugin.")
    loaded = plugin.load_settings()
    return loaded if isinstance(loaded, Settings) else Settings()
