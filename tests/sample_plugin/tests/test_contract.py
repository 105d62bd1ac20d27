"""The sample plugin keeps the contract."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import models

from cms.plugins.testing import PluginContract
from tests.sample_plugin.models import CoursePage


class TestCourse(PluginContract):
    plugin = "course"

    def sample_values(self, model: type[models.Model], number: int) -> Mapping[str, Any]:
        if model is CoursePage:
            return {"length": datetime.timedelta(hours=number)}
        return {}
