"""Absent is fine; broken raises, with the plugin's name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import ValidationError

from cms.plugins.config import (
    EXPORTS,
    OPTIONAL_MODULES,
    BrokenPluginError,
    ContentPlugin,
    collect,
    import_export,
    import_optional,
)
from cms.plugins.listing import find_plugin

PACKAGE = "acme_tombola"
type MakePlugin = Callable[..., ContentPlugin]


@pytest.fixture
def make_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakePlugin]:
    """Makes a plugin of files: ``make_plugin(routes="import nowhere")``."""
    monkeypatch.syspath_prepend(tmp_path)

    def make(**files: str) -> ContentPlugin:
        folder = tmp_path / PACKAGE
        folder.mkdir()
        (folder / "__init__.py").write_text("")
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text)
        module = ModuleType(PACKAGE)
        module.__path__ = [str(folder)]

        class Tombola(ContentPlugin):
            label = "tombola"
            path = str(folder)

        return Tombola(PACKAGE, module)

    yield make
    for name in [n for n in sys.modules if n.split(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.mark.parametrize("name", OPTIONAL_MODULES)
def test_absent_is_fine(make_plugin: MakePlugin, name: str) -> None:
    assert import_optional(make_plugin(), name) is None


@pytest.mark.parametrize("name", EXPORTS)
def test_what_a_module_hands_over_is_found(make_plugin: MakePlugin, name: str) -> None:
    plugin = make_plugin(**{name: f"{EXPORTS[name]} = ['something']\n"})
    assert import_export(plugin, name) == ["something"]


@pytest.mark.parametrize(
    "text",
    [
        "import a_module_that_does_not_exist",
        "from cms.plugins.api import no_such_name",
        "from acme_tombola import prizes",
        "1 / 0",
        "def broken(:",
        "raise LookupError('at import')",
    ],
)
def test_broken_raises_with_the_plugins_name(make_plugin: MakePlugin, text: str) -> None:
    plugin = make_plugin(routes=text)
    with pytest.raises(BrokenPluginError, match=r"Plugin 'tombola'.*acme_tombola\.routes") as info:
        import_optional(plugin, "routes")
    assert info.value.__cause__ is not None


def test_a_module_that_its_own_import_misses_is_not_taken_for_absent(
    make_plugin: MakePlugin,
) -> None:
    """The trap of catching ModuleNotFoundError: the missing module is another one."""
    plugin = make_plugin(followers="from acme_tombola.helpers import help_out\n")
    with pytest.raises(BrokenPluginError, match=r"acme_tombola\.helpers"):
        import_optional(plugin, "followers")


def test_a_module_without_its_export_raises(make_plugin: MakePlugin) -> None:
    plugin = make_plugin(followers="Followers = []\n")
    with pytest.raises(BrokenPluginError, match="has no 'followers'"):
        import_export(plugin, "followers")


def test_collect_knows_its_modules_alone() -> None:
    with pytest.raises(KeyError):
        collect("models")


def test_collect_gives_contributions_with_their_plugin(settings: Any) -> None:
    settings.CMS_DISABLED_PLUGINS = []
    found = {contribution.plugin.label: contribution.value for contribution in collect("followers")}
    (follower,) = found["course"]
    assert follower.name == "course-calendar"


def test_settings_are_validated(settings: Any) -> None:
    plugin = find_plugin("course")
    assert plugin.load_settings().upcoming_limit == 5  # type: ignore[union-attr]
    settings.CMS_PLUGIN_SETTINGS = {"course": {"upcoming_limit": 9}}
    assert plugin.load_settings().upcoming_limit == 9  # type: ignore[union-attr]
    settings.CMS_PLUGIN_SETTINGS = {"course": {"upcoming_limit": 0}}
    with pytest.raises(ValidationError):
        plugin.load_settings()


def test_a_plugin_without_conf_has_no_settings(make_plugin: MakePlugin) -> None:
    assert make_plugin().load_settings() is None
