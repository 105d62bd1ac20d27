"""Checks of what a plugin says of itself: its entry, label, requirement and settings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage
from packaging.specifiers import InvalidSpecifier, SpecifierSet
from pydantic import ValidationError

from cms.plugins.api import VERSION
from cms.plugins.checks.catalogue import problem
from cms.plugins.config import (
    OPTIONAL_MODULES,
    BrokenPluginError,
    ContentPlugin,
    import_export,
    import_optional,
)

__all__ = ["check_entries", "check_manifest", "is_singular_noun"]

# Words that end in "s" without being plural.
_SINGULAR_ENDINGS = ("ss", "us", "is", "news", "series")


def check_entries(installed: Sequence[AppConfig]) -> Iterator[CheckMessage]:
    """What the settings name: plugins that are none, and disabled labels that don't exist."""
    by_name: dict[str, AppConfig] = {}
    for config in installed:
        by_name[config.name] = config
        by_name[f"{type(config).__module__}.{type(config).__qualname__}"] = config
    for entry in settings.CMS_PLUGINS:
        found = by_name.get(entry)
        if not isinstance(found, ContentPlugin):
            what = f"is a {type(found).__name__}" if found else "is not among the installed apps"
            yield problem(
                "cms.E001",
                f"{entry!r} {what}.",
                hint="Name the plugin's AppConfig, a subclass of cms.plugins.api.ContentPlugin.",
                obj=entry,
            )
    labels = sorted(config.label for config in installed if isinstance(config, ContentPlugin))
    for label in settings.CMS_DISABLED_PLUGINS:
        if label not in labels:
            yield problem(
                "cms.E002",
                f"CMS_DISABLED_PLUGINS names {label!r}.",
                hint=f"Installed plugins: {', '.join(labels) or 'none'}.",
                obj=label,
            )


def check_manifest(plugin: ContentPlugin) -> Iterator[CheckMessage]:
    """One plugin's label, requirement, settings and optional modules."""
    yield from _check_requirement(plugin)
    if not is_singular_noun(plugin.label):
        yield problem(
            "cms.E006",
            f"{plugin.label!r}.",
            hint="Use a singular noun in lower case, with underscores: 'event', 'photo_album'.",
            obj=plugin,
        )
    broken = False
    for name in OPTIONAL_MODULES:
        try:
            import_optional(plugin, name)
        except BrokenPluginError as error:
            broken = True
            yield problem(
                "cms.E009",
                str(error),
                hint="Mend the module, or remove the file if the plugin doesn't need it.",
                obj=plugin,
            )
    if not broken:
        yield from _check_settings(plugin)


def _check_requirement(plugin: ContentPlugin) -> Iterator[CheckMessage]:
    if not plugin.requires:
        yield problem(
            "cms.E003",
            f"plugin {plugin.label!r}.",
            hint='Set requires on the plugin\'s AppConfig, for example requires = ">=1,<2".',
            obj=plugin,
        )
        return
    try:
        wanted = SpecifierSet(plugin.requires)
    except InvalidSpecifier:
        yield problem(
            "cms.E004",
            f"plugin {plugin.label!r} requires {plugin.requires!r}.",
            hint='Write a PEP 440 specifier such as ">=1,<2".',
            obj=plugin,
        )
        return
    if not wanted.contains(VERSION, prereleases=True):
        yield problem(
            "cms.E005",
            f"plugin {plugin.label!r} requires {plugin.requires}, and this is {VERSION}.",
            hint="Install a release of the plugin that was made for this version.",
            obj=plugin,
        )


def is_singular_noun(label: str) -> bool:
    """Lower-case ASCII words with underscores; the last one not a plural."""
    if not label.isascii() or not label.isidentifier() or label != label.lower():
        return False
    return not label.endswith("s") or label.endswith(_SINGULAR_ENDINGS)


def _check_settings(plugin: ContentPlugin) -> Iterator[CheckMessage]:
    given = settings.CMS_PLUGIN_SETTINGS.get(plugin.label)
    try:
        model = import_export(plugin, "conf")
    except BrokenPluginError:
        return  # cms.E014 tells of it
    if model is None and given:
        yield problem(
            "cms.E008",
            f"plugin {plugin.label!r} has no conf.py, and CMS_PLUGIN_SETTINGS has settings for it.",
            hint="Remove them.",
            obj=plugin,
        )
    if not hasattr(model, "model_validate"):
        return
    try:
        plugin.load_settings()
    except ValidationError as error:
        # The values themselves may be secrets: only places and reasons are named.
        details = "; ".join(
            f"{'.'.join(map(str, entry['loc'])) or 'as a whole'}: {entry['msg']}"
            for entry in error.errors(include_url=False, include_input=False)
        )
        yield problem(
            "cms.E008",
            f"plugin {plugin.label!r}: {details}.",
            hint=f"Mend CMS_PLUGIN_SETTINGS[{plugin.label!r}].",
            obj=plugin,
        )
