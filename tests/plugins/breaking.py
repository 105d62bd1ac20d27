"""Loads one broken plugin, checks it, and leaves no trace of it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage
from django.test import override_settings
from wagtail.models import PAGE_MODEL_CLASSES

from cms.plugins.api import ContentPlugin
from cms.plugins.checks import check_contract

__all__ = ["FIXTURES", "check_fixture"]

_PACKAGE = "tests.plugins.broken"
_FOLDER = Path(__file__).parent / "broken"

FIXTURES: list[str] = sorted(path.stem for path in _FOLDER.iterdir() if path.stem[:1] == "e")
"""The names of all broken plugins: ``e030``, ``e036_body``."""


def check_fixture(name: str) -> list[CheckMessage]:
    """What the checks say of one broken plugin, or of the settings that it stands for."""
    with _loaded(name) as module:
        overrides: dict[str, Any] = getattr(module, "SETTINGS", {})
        about_plugin = not overrides or "CMS_PLUGIN_SETTINGS" in overrides
        with override_settings(**overrides):
            return check_contract([_config(module)] if about_plugin else None)


class SoundPlugin(ContentPlugin):
    """Stands for a fixture that breaks the contract elsewhere than in its manifest."""

    label = "broken"
    requires = ">=1,<2"


def _config(module: ModuleType) -> AppConfig:
    cls: type[AppConfig] = getattr(module, "Plugin", SoundPlugin)
    # A fixture of one file stands in the folder's package, which has no optional modules.
    config = cls(module.__name__ if hasattr(module, "__path__") else _PACKAGE, module)
    config.apps = apps
    config.models = apps.all_models[config.label]
    apps.app_configs[config.label] = config  # so that relations to its models are seen
    apps.clear_cache()
    return config


@contextmanager
def _loaded(name: str) -> Iterator[ModuleType]:
    before, page_models = set(apps.app_configs), list(PAGE_MODEL_CLASSES)
    dotted = f"{_PACKAGE}.{name}"
    try:
        yield importlib.import_module(dotted)
    finally:
        for label in set(apps.app_configs) - before:
            del apps.app_configs[label]
        for label in set(apps.all_models) - set(apps.app_configs):
            del apps.all_models[label]
        PAGE_MODEL_CLASSES[:] = page_models
        for module in [m for m in sys.modules if m == dotted or m.startswith(f"{dotted}.")]:
            del sys.modules[module]
        apps.clear_cache()
