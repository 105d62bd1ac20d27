"""``cms.plugins.api`` is what plugins import: its names are kept in a file, and it is all."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from cms.plugins import api
from cms.plugins.config import installed_plugins

NAMES = Path(__file__).parent / "api_names.txt"
"""Remade by ``UPDATE_API_NAMES=1``; a name that goes is a new major version of the contract."""


def test_names_are_those_in_the_file() -> None:
    text = f"VERSION {api.VERSION.split('.')[0]}\n" + "".join(f"{n}\n" for n in sorted(api.__all__))
    if os.environ.get("UPDATE_API_NAMES"):
        NAMES.write_text(text)
    assert text == NAMES.read_text()


@pytest.mark.parametrize("name", api.__all__)
def test_every_name_is_there(name: str) -> None:
    assert getattr(api, name) is not None


def test_an_unknown_name_lists_those_that_exist() -> None:
    with pytest.raises(AttributeError, match="ExposedField"):
        _ = api.ExposdField


def test_type_checkers_see_every_name() -> None:
    """What is loaded on first use is also imported for type checkers, under the same name."""
    tree = ast.parse(Path(api.__file__).read_text())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
                for alias in node.names}  # fmt: skip
    assert set(api.__all__) - {"VERSION"} <= imported


def _sources() -> Iterator[tuple[str, Path]]:
    for plugin in installed_plugins():
        for path in sorted(Path(plugin.path).rglob("*.py")):
            if not {"migrations", "tests"} & set(path.parts[-2:]):
                yield plugin.name, path


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


@pytest.mark.parametrize("plugin", [p.name for p in installed_plugins()])
def test_a_plugin_imports_the_facade_and_itself_alone(plugin: str) -> None:
    """The sample plugin too, which import-linter doesn't see."""
    foreign = {
        f"{path.name}: {name}"
        for owner, path in _sources()
        if owner == plugin
        for name in _imports(path)
        if name.split(".")[0] in ("cms", "search", "tests", "scripts")
        and not f"{name}.".startswith(f"{plugin}.")
        and name != "cms.plugins.api"
    }
    assert not foreign


def test_no_name_is_loaded_before_it_is_asked_for() -> None:
    """apps.py imports the facade while models may not be imported yet."""
    source = Path(import_module("cms.plugins.api").__file__ or "").read_text()
    top = [node for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom)]
    modules = {node.module for node in top if isinstance(node, ast.ImportFrom)}
    assert not [module for module in modules if module and module.startswith("cms")]
