"""The contract: what a plugin declares holds, and speaks Vietnamese."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from wagtail.models import Page

from cms.plugins.checks import check_contract
from cms.plugins.checks.walk import exposed_places, walk_blocks
from cms.plugins.config import ContentPlugin
from cms.plugins.registry import registry
from cms.plugins.testing.base import ContractBase

__all__ = ["Declarations"]


class Declarations(ContractBase):
    """Tests that need no content."""

    def test_declarations_pass_the_checks(self) -> None:
        assert check_contract([self.config]) == []

    def test_settings_load(self) -> None:
        settings = self.config.load_settings()
        assert settings is None or settings == type(settings).model_validate(settings.model_dump())

    def test_every_label_is_vietnamese(self) -> None:
        known = _catalogue(self.config)
        missing = {
            f"{place}: {text!r}"
            for place, label in _labels(self.config)
            if (text := _untranslated(label, known))
        }
        assert not missing, "No Vietnamese for " + "; ".join(sorted(missing))


def _catalogue(plugin: ContentPlugin) -> set[str]:
    """The messages that the plugin's own catalogue translates, compiled or not."""
    path = Path(plugin.path) / "locale" / "vi" / "LC_MESSAGES" / "django.po"
    entries = polib.pofile(str(path)).translated_entries() if path.exists() else []
    return {entry.msgid for entry in entries}


def _untranslated(label: Any, known: set[str]) -> str:
    """The label's message where nothing translates it; empty for a sound or an empty label."""
    if not label:
        return ""
    with translation.override(None, deactivate=True):
        message = str(label)
    if not isinstance(label, Promise):  # a text in Vietnamese already has its marks
        return message if message.isascii() and not message.isdecimal() else ""
    with translation.override("vi"):
        return "" if message in known or str(label) != message else message


def _labels(plugin: ContentPlugin) -> Iterator[tuple[str, Any]]:
    """Every text of the plugin that an editor reads, with its place."""
    yield plugin.label, plugin.verbose_name
    for model in plugin.get_models():
        yield model.__name__, model._meta.verbose_name
        yield model.__name__, model._meta.verbose_name_plural
        for field in model._meta.get_fields():
            if isinstance(field, models.Field) and _is_shown(field, model):
                yield from _field_labels(f"{model.__name__}.{field.name}", field)
    for content_type in registry:
        if content_type.plugin == plugin.label:
            yield from _block_labels(plugin, content_type.model)


def _is_shown(field: Any, model: type[models.Model]) -> bool:
    """Editors see neither keys nor what Wagtail's own page brings."""
    is_link = field.primary_key or getattr(field.remote_field, "parent_link", False)
    is_parent = type(field).__name__ == "ParentalKey"
    own = field.model is model and field.model is not Page
    return own and field.editable and not is_link and not is_parent


def _field_labels(place: str, field: Any) -> Iterator[tuple[str, Any]]:
    yield place, field.verbose_name
    yield place, field.help_text
    for value, label in field.flatchoices if field.choices and field.name != "locale" else ():
        if value != label:  # a word that is shown as it is stored needs no translation
            yield place, label


def _block_labels(plugin: ContentPlugin, model: type[models.Model]) -> Iterator[tuple[str, Any]]:
    """Labels of the plugin's own blocks and of what stands in them."""
    for place in exposed_places(model):
        if place.exposed.computed or place.stream_block is None:
            continue
        for found in walk_blocks(place.stream_block, str(place)):
            around = (found.block, *found.ancestors[1:])
            if any(type(b).__module__.startswith(f"{plugin.name}.") for b in around):
                if found.block.name:  # a list's items have none
                    yield found.path, found.block.label
                yield found.path, getattr(found.block.meta, "help_text", "")
