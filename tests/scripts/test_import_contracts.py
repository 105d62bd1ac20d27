"""The import rule around plugins catches what it must and lets through what it may."""

from __future__ import annotations

import grimp
import pytest

from scripts.import_contracts import PluginsContract


def broken_imports(*imports: tuple[str, str]) -> list[tuple[str, str]]:
    """What the contract finds in a project with two plugins and these imports."""
    graph = grimp.ImportGraph()
    for module in (
        "cms",
        "cms.pages",
        "cms.plugins",
        "cms.plugins.api",
        "cms.plugins.testing",
        "cms.plugins.article",
        "cms.plugins.article.apps",
        "cms.plugins.gallery",
        "cms.plugins.gallery.apps",
    ):
        graph.add_module(module)
    for importer, imported in imports:
        graph.add_import(importer=importer, imported=imported)
    contract = PluginsContract(
        name="plugins",
        session_options={},
        contract_options={
            "plugin_container": "cms.plugins",
            "facade": "cms.plugins.api",
            "test_facade": "cms.plugins.testing",
        },
    )
    broken: list[tuple[str, str]] = contract.check(graph, verbose=False).metadata["broken"]
    return broken


@pytest.mark.parametrize(
    "edge",
    [
        ("cms.plugins.article.models", "cms.pages.models"),
        ("cms.plugins.article.models", "cms.plugins.registry"),
        ("cms.plugins.article.models", "cms.plugins.testing"),
        ("cms.plugins.article.models", "cms.plugins.gallery.models"),
        ("cms.plugins.article.tests.test_rest", "cms.pages"),
        ("cms.plugins.article", "cms.pages"),
        ("cms.pages.models", "cms.plugins.article.models"),
        ("cms.plugins.api", "cms.plugins.article.models"),
        ("cms.pages.tests", "cms.plugins.article"),
    ],
)
def test_a_forbidden_import_breaks_it(edge: tuple[str, str]) -> None:
    assert broken_imports(edge) == [edge]


@pytest.mark.parametrize(
    "edge",
    [
        ("cms.plugins.article.models", "cms.plugins.api"),
        ("cms.plugins.article.models", "cms.plugins.article.blocks"),
        ("cms.plugins.article.tests.test_rest", "cms.plugins.testing"),
        ("cms.plugins.article.migrations.0001_initial", "cms.pages.fields"),
        ("cms.pages.models", "cms.plugins.registry"),
        ("cms.plugins.articles_of_others", "cms.pages"),  # no plugin: it has no apps module
    ],
)
def test_an_allowed_import_keeps_it(edge: tuple[str, str]) -> None:
    assert broken_imports(edge) == []
