"""The plugin keeps the contract."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from cms.plugins.official_document.models import OfficialDocumentPage
from cms.plugins.testing import PluginContract


class TestOfficialDocument(PluginContract):
    plugin = "official_document"

    def sample_values(self, model: type[models.Model], number: int) -> Mapping[str, Any]:
        """A number is one."""
        return {"number": f"{number}/KH-LMHTX"} if model is OfficialDocumentPage else {}
