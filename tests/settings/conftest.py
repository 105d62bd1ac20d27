"""Settings modules, loaded again under another environment."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
import structlog

Load = Callable[..., ModuleType]


@pytest.fixture
def load_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Load:
    """Load a settings module with exactly the given `CMS_*` variables: `load("test", DEBUG="1")`.

    The suite's own settings stay as they are: the modules are put back afterwards.
    """

    def load(name: str, **variables: str) -> ModuleType:
        monkeypatch.setattr(structlog, "configure", lambda **_options: None)
        for variable in [name for name in os.environ if name.startswith("CMS_")]:
            monkeypatch.delenv(variable)
        monkeypatch.setenv("CMS_VAR_DIR", str(tmp_path))
        for variable, value in variables.items():
            monkeypatch.setenv(f"CMS_{variable}", value)
        package = sys.modules["cms.settings"]
        for module in ("base", name):
            # Set first, so that it is put back even where the module was not loaded before.
            monkeypatch.setitem(sys.modules, f"cms.settings.{module}", package)
            monkeypatch.delitem(sys.modules, f"cms.settings.{module}")
        return importlib.import_module(f"cms.settings.{name}")

    return load
