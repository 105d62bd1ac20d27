"""The plugin keeps the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from cms.plugins.article.models import ArticlePage
from cms.plugins.testing import PluginContract


class TestArticle(PluginContract):
    plugin = "article"

    def sample_values(self, model: type[models.Model], number: int) -> Mapping[str, Any]:
        """An author is a person or a unit."""
        return {"byline_unit": None} if model is ArticlePage else {}
