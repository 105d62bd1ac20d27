"""The plugin contract as system checks: ``manage.py check`` runs them, and so does every command.

Each has a stable id, a hint, the object, a section in docs/plugins/checks.md and a fixture under
tests/plugins/broken that triggers it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage

from cms.plugins.checks.catalogue import CATALOGUE
from cms.plugins.config import ContentPlugin, content_type_of
from cms.plugins.registry import ContentType

__all__ = ["CATALOGUE", "check_contract"]


def check_contract(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every check over the given apps, or over all; what Django's framework calls."""
    from cms.plugins.checks.manifest import check_entries

    installed = list(apps.get_app_configs())
    configs = installed if app_configs is None else list(app_configs)
    messages = list(check_entries(installed)) if app_configs is None else []
    messages += _check_apps(configs, installed)
    return messages


def _check_apps(
    configs: Sequence[AppConfig], installed: Sequence[AppConfig]
) -> Iterator[CheckMessage]:
    from cms.plugins.checks.fields import check_fields
    from cms.plugins.checks.manifest import check_manifest
    from cms.plugins.checks.modules import check_modules
    from cms.plugins.checks.names import check_blocks, check_shapes, check_type_names
    from cms.plugins.checks.streams import check_streams
    from cms.plugins.checks.types import check_owner, check_places, check_type

    for config in configs:
        if isinstance(config, ContentPlugin):
            yield from check_manifest(config)
            yield from check_modules(config)
        yield from check_owner(config)
    mine = list(_content_types(configs))
    every = list(_content_types({*installed, *configs}))
    for content_type in mine:
        model = content_type.model
        faults = [*check_type(content_type), *check_fields(model), *check_streams(model)]
        yield from faults
        if content_type.is_page and not faults:
            yield from check_shapes(content_type)
    yield from check_places(mine, every)
    yield from check_type_names(mine, every)
    yield from check_blocks(mine, every)


def _content_types(configs: Sequence[AppConfig] | set[AppConfig]) -> Iterator[ContentType]:
    """The types of plugins and of the core, declared properly or not."""
    for config in sorted(configs, key=lambda each: each.label):
        for model in config.get_models():
            content_type = content_type_of(config, model)
            if content_type is not None:
                yield content_type
