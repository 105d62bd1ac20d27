"""Fixtures of the plugin contract's own tests."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import models

from cms.plugins.testing import Samples
from tests.sample_plugin.models import CoursePage


def _values(model: type[models.Model], number: int) -> Mapping[str, Any]:
    return {"length": datetime.timedelta(hours=number)} if model is CoursePage else {}


@pytest.fixture
def in_use(settings: Any) -> None:
    """Puts the sample plugin into use."""
    settings.CMS_DISABLED_PLUGINS = []


@pytest.fixture
def samples(db: None, in_use: None) -> Samples:
    """A small portal, with the sample plugin in use."""
    return Samples(_values)
