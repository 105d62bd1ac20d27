"""Root fields of GraphQL that the plugin adds."""

from __future__ import annotations

from cms.plugins.api import Json, typed_documents
from tests.sample_plugin.models import CoursePage

__all__ = ["resolve_course_count", "resolvers"]


def resolve_course_count() -> Json:
    """How many courses the public sees."""
    return int(typed_documents(CoursePage).count())


resolvers = {"course_count": resolve_course_count}
