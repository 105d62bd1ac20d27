"""What the contract's tests share: the plugin under test, its types, and sample content."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import pytest
from django.db import models

from cms.plugins.config import ContentPlugin
from cms.plugins.listing import find_plugin
from cms.plugins.registry import ContentType, registry
from cms.plugins.testing.samples import Samples

__all__ = ["ContractBase"]


class ContractBase:
    """Base of the contract's tests; a test that takes ``content_type`` runs for each page type."""

    pytestmark = pytest.mark.django_db

    plugin: ClassVar[str]
    """The label of the plugin under test."""

    def sample_values(self, model: type[models.Model], number: int) -> Mapping[str, Any]:
        """Values for a page, a child row or a shared record that its own rules ask for.

        Whatever isn't named here gets a sample of its field's class. ``number`` is 0 for a page
        that others stand below, else it tells rows of one model apart.
        """
        return {}

    @property
    def config(self) -> ContentPlugin:
        """The plugin under test; raises LookupError naming those that are installed."""
        return find_plugin(self.plugin)

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """One run for each page type of the plugin."""
        if "content_type" in metafunc.fixturenames:
            types = [t for t in registry if t.is_page and t.plugin == self.plugin]
            metafunc.parametrize("content_type", types, ids=[t.name for t in types])

    @pytest.fixture(autouse=True)
    def _in_use(self, settings: Any) -> None:
        """Puts the plugin into use, should the test settings have it disabled."""
        settings.CMS_DISABLED_PLUGINS = [
            label for label in settings.CMS_DISABLED_PLUGINS if label != self.plugin
        ]

    @pytest.fixture
    def samples(self, db: None) -> Samples:
        """A small portal that makes pages on demand."""
        return Samples(self.sample_values)

    @staticmethod
    def model_of(content_type: ContentType) -> Any:
        """The type's model."""
        return content_type.model
