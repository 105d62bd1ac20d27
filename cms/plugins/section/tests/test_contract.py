"""The plugin keeps the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from cms.plugins.section.models import SectionPage
from cms.plugins.testing import PluginContract


class TestSection(PluginContract):
    plugin = "section"

    def sample_values(self, model: type[models.Model], number: int) -> Mapping[str, Any]:
        """Sections that other pages are made in (number 0) take every type."""
        return {"allowed_types": ["section"]} if model is SectionPage and number else {}
