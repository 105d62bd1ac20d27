"""What is installed and what could be: the rows of ``manage.py plugins``."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points, packages_distributions, version

from django.conf import settings

from cms.plugins.config import ContentPlugin, installed_plugins
from cms.plugins.registry import registry

__all__ = ["ENTRY_POINT_GROUP", "AvailablePlugin", "PluginRow", "find_plugin", "list_available",
           "list_plugins"]  # fmt: skip

ENTRY_POINT_GROUP = "hoptac_cms.plugins"
"""What a package declares so that it is found by ``plugins --available``; it installs nothing."""


@dataclass(frozen=True, slots=True)
class PluginRow:
    """An installed plugin; ``pages`` counts pages of its types, drafts too."""

    label: str
    version: str
    requires: str
    enabled: bool
    types: list[str]
    pages: int


@dataclass(frozen=True, slots=True)
class AvailablePlugin:
    """A plugin that a package of this environment offers."""

    entry: str
    package: str
    version: str
    installed: bool


def list_plugins() -> list[PluginRow]:
    """The installed plugins, in order; one query for each page type."""
    return [_row(plugin) for plugin in installed_plugins()]


def _row(plugin: ContentPlugin) -> PluginRow:
    types = [t for t in registry if t.plugin == plugin.label]
    return PluginRow(
        label=plugin.label,
        version=_version(plugin),
        requires=plugin.requires,
        enabled=plugin.enabled,
        types=sorted(t.name for t in types),
        pages=sum(t.model._default_manager.count() for t in types if t.is_page),
    )


def _version(plugin: ContentPlugin) -> str:
    """The version of the package that the plugin came in; empty where it came in none."""
    if plugin.name.startswith("cms."):
        return "bundled"
    packages = packages_distributions().get(plugin.name.split(".")[0], [])
    return version(packages[0]) if packages else ""


def list_available() -> list[AvailablePlugin]:
    """What the packages of this environment offer, installed or not, by name."""
    entries = sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda entry: entry.name)
    return [_available(entry) for entry in entries]


def _available(entry: EntryPoint) -> AvailablePlugin:
    dotted = entry.value.replace(":", ".")
    package = entry.dist
    return AvailablePlugin(
        entry=dotted,
        package=package.name if package else "",
        version=package.version if package else "",
        installed=dotted in settings.CMS_PLUGINS,
    )


def find_plugin(label: str) -> ContentPlugin:
    """The installed plugin of that label; raises LookupError naming those that exist."""
    plugins = {plugin.label: plugin for plugin in installed_plugins()}
    if label not in plugins:
        known = ", ".join(plugins) or "none"
        raise LookupError(f"No plugin has the label {label!r}. Installed: {known}.")
    return plugins[label]
