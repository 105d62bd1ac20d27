"""Removing a plugin for good: what would be lost, and the removal once nothing is left.

Taking a plugin out of use is another thing: ``CMS_DISABLED_PLUGINS`` keeps everything.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision
from wagtail_localize.models import Translation

from cms.plugins.config import ContentPlugin
from cms.plugins.stored_blocks import count_foreign_blocks

__all__ = ["PluginInUseError", "RemovalPlan", "plan_removal", "remove_plugin", "settings_line"]


class PluginInUseError(RuntimeError):
    """A plugin can't be removed: something of it is still there, or something needs it."""


@dataclass(frozen=True, slots=True)
class RemovalPlan:
    """What removing a plugin would lose. Images, files and other plugins' pages stay."""

    label: str
    live_pages: dict[str, int] = field(default_factory=dict)
    draft_pages: dict[str, int] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)
    """Rows of the plugin's other tables (shared records, child rows) by model."""
    revisions: int = 0
    translations: int = 0
    redirects: int = 0
    blocks: dict[str, int] = field(default_factory=dict)
    """The plugin's blocks in other types' bodies, by where they are stored."""
    dependants: list[str] = field(default_factory=list)
    """Other apps' migrations that build on the plugin's tables."""

    @property
    def empty(self) -> bool:
        """Whether nothing would be lost and nothing is in the way."""
        counts = (self.live_pages, self.draft_pages, self.records, self.blocks)
        single = (self.revisions, self.translations, self.redirects, len(self.dependants))
        return not any(single) and not any(sum(count.values()) for count in counts)


def plan_removal(plugin: ContentPlugin) -> RemovalPlan:
    """Counts what the plugin has in the database; reads every body that could hold its blocks."""
    page_models = [model for model in plugin.get_models() if issubclass(model, Page)]
    others = [model for model in plugin.get_models() if not issubclass(model, Page)]
    types = [ContentType.objects.get_for_model(model) for model in plugin.get_models()]
    pages = Page.objects.filter(content_type__in=types)
    return RemovalPlan(
        label=plugin.label,
        live_pages=_count_pages(page_models, live=True),
        draft_pages=_count_pages(page_models, live=False),
        records=_not_zero({m._meta.label: m._default_manager.count() for m in others}),
        revisions=Revision.objects.filter(content_type__in=types).count(),
        translations=Translation.objects.filter(source__specific_content_type__in=types).count(),
        redirects=Redirect.objects.filter(redirect_page__in=pages).count(),
        blocks=_not_zero(count_foreign_blocks(plugin)),
        dependants=_dependants(plugin.label),
    )


def _count_pages(page_models: list[type[Any]], *, live: bool) -> dict[str, int]:
    return _not_zero(
        {model._meta.label: model.objects.filter(live=live).count() for model in page_models}
    )


def _not_zero(counts: dict[str, int] | Counter[str]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}


def _dependants(label: str) -> list[str]:
    """Applied migrations of other apps that ``migrate LABEL zero`` would undo as well."""
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations)
    nodes = [key for key in loader.graph.nodes if key[0] == label]
    needing = {child for node in nodes for child in loader.graph.backwards_plan(node)}
    return sorted(f"{app}.{name}" for app, name in needing & applied if app != label)


def remove_plugin(plugin: ContentPlugin) -> None:
    """Drops the plugin's tables; raises PluginInUseError while anything is left in them."""
    plan = plan_removal(plugin)
    if not plan.empty:
        raise PluginInUseError(
            f"Plugin {plugin.label!r} is in use: manage.py plugins remove {plugin.label} --plan "
            "lists what would be lost."
        )
    call_command("migrate", plugin.label, "zero", interactive=False, verbosity=0)
    _forget_types(plugin.label)


def _forget_types(label: str) -> None:
    """Removes the rows that Django keeps about models: their types, and rights given on them."""
    stale: models.QuerySet[ContentType] = ContentType.objects.filter(app_label=label)
    stale.delete()
    ContentType.objects.clear_cache()


def settings_line(plugin: ContentPlugin) -> str:
    """The entry of ``CMS_PLUGINS`` that stands for the plugin."""
    dotted = f"{type(plugin).__module__}.{type(plugin).__qualname__}"
    names = (entry for entry in settings.CMS_PLUGINS if entry in (dotted, plugin.name))
    return str(next(names, dotted))
