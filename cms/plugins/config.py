"""A plugin's manifest: a Django AppConfig that says what it needs and finds what it brings."""

from __future__ import annotations

import importlib
import importlib.util
import re
from dataclasses import dataclass
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import AppConfig, apps
from django.conf import settings

from cms.plugins.registry import ContentType, registry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db import models
    from pydantic import BaseModel

__all__ = [
    "EXPORTS",
    "OPTIONAL_MODULES",
    "BrokenPluginError",
    "ContentPlugin",
    "Contribution",
    "collect",
    "content_type_of",
    "enabled_plugins",
    "import_export",
    "import_optional",
    "installed_plugins",
    "public_name",
    "register_models",
]

EXPORTS: dict[str, str] = {
    "routes": "routes",
    "resolvers": "resolvers",
    "followers": "followers",
    "importers": "importers",
    "conf": "Settings",
}
"""The optional modules that hand something over, and the name under which they do."""

OPTIONAL_MODULES: tuple[str, ...] = ("snippets", "kinds", *EXPORTS)
"""What a plugin may bring, by file name. Absent is fine; broken raises."""


class BrokenPluginError(ImportError):
    """An optional module of a plugin exists but can't be used."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one plugin's optional module hands over."""

    plugin: ContentPlugin
    value: Any


def import_optional(plugin: AppConfig, name: str) -> ModuleType | None:
    """The plugin's module of that name, or None where the plugin has no such file.

    Raises BrokenPluginError, with the plugin's label, when the module is there and its import
    fails for any reason: an error inside a plugin must never look like an absent feature.
    """
    dotted = f"{plugin.name}.{name}"
    if importlib.util.find_spec(dotted) is None:
        return None
    try:
        return importlib.import_module(dotted)
    except Exception as error:
        raise BrokenPluginError(
            f"Plugin {plugin.label!r}: its module {dotted} can't be imported: "
            f"{type(error).__name__}: {error}"
        ) from error


def import_export(plugin: AppConfig, name: str) -> Any | None:
    """What the plugin's optional module ``name`` hands over; None where it has no such module.

    Raises BrokenPluginError when the module can't be imported or hands over nothing, and
    KeyError for a name that isn't in :data:`EXPORTS`.
    """
    exported = EXPORTS[name]
    module = import_optional(plugin, name)
    if module is None:
        return None
    if not hasattr(module, exported):
        raise BrokenPluginError(
            f"Plugin {plugin.label!r}: its module {module.__name__} has no {exported!r}."
        )
    return getattr(module, exported)


def collect(name: str) -> list[Contribution]:
    """What every enabled plugin hands over in its module ``name``, in the order of the plugins.

    ``collect("followers")`` serves the worker, ``"routes"`` REST, ``"resolvers"`` GraphQL and
    ``"importers"`` the import of texts. Raises as :func:`import_export` does.
    """
    found = ((plugin, import_export(plugin, name)) for plugin in enabled_plugins())
    return [Contribution(plugin, value) for plugin, value in found if value is not None]


class ContentPlugin(AppConfig):
    """Base of every plugin's AppConfig; owns content types.

    ``requires`` is a PEP 440 specifier against ``cms.plugins.api.VERSION``.
    """

    requires: ClassVar[str] = ""
    default_auto_field = "django.db.models.BigAutoField"

    @property
    def enabled(self) -> bool:
        """False when the operator lists the label in ``CMS_DISABLED_PLUGINS``."""
        return self.label not in settings.CMS_DISABLED_PLUGINS

    def import_models(self) -> None:
        """Loads ``models.py`` and, where there is one, ``snippets.py``."""
        super().import_models()
        import_optional(self, "snippets")

    def ready(self) -> None:
        """Registers the plugin's models, gives its records an admin, and loads its kinds."""
        from wagtail.snippets.models import register_snippet

        from cms.pages.models import ContentSnippet

        register_models(self, self.get_models())
        for model in self.get_models():
            if issubclass(model, ContentSnippet):
                register_snippet(model)
        import_optional(self, "kinds")

    def load_settings(self) -> BaseModel | None:
        """The plugin's settings, from ``CMS_PLUGIN_SETTINGS[label]``; None without ``conf.py``.

        Raises pydantic.ValidationError when they don't fit (a system check reports it).
        """
        model: type[BaseModel] | None = import_export(self, "conf")
        if model is None:
            return None
        return model.model_validate(settings.CMS_PLUGIN_SETTINGS.get(self.label, {}))


def register_models(owner: AppConfig, owned: Iterable[type[models.Model]]) -> None:
    """Registers each model that declares ``exposed_fields``; sets its panels and search fields."""
    from cms.pages.panels import set_default_panels
    from cms.pages.receivers import follow_deletion
    from cms.pages.search_fields import set_search_fields

    for model in owned:
        content_type = content_type_of(owner, model)
        if content_type is not None:
            registry.register(content_type)
            set_default_panels(model)
            if content_type.is_page:
                set_search_fields(model)
            else:
                follow_deletion(model)


def content_type_of(owner: AppConfig, model: type[models.Model]) -> ContentType | None:
    """The content type that a page or snippet model declares; None for any other model."""
    from cms.pages.models import ContentPage, ContentSnippet

    if not issubclass(model, ContentPage | ContentSnippet) or model._meta.abstract:
        return None
    return ContentType(
        name=public_name(model),
        graphql_name=model.__name__.removesuffix("Page"),
        model=model,
        plugin=owner.label,
        is_page=issubclass(model, ContentPage),
        exposed_fields=tuple(model.exposed_fields),
    )


def public_name(model: type[Any]) -> str:
    """``PhotoAlbumPage`` → ``photo_album``; a model may set ``public_name`` itself."""
    own: str | None = model.__dict__.get("public_name")
    if own:
        return own
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__.removesuffix("Page")).lower()


def installed_plugins() -> list[ContentPlugin]:
    """Every plugin of ``CMS_PLUGINS``, in that order, disabled ones too."""
    return [config for config in apps.get_app_configs() if isinstance(config, ContentPlugin)]


def enabled_plugins() -> list[ContentPlugin]:
    """The installed plugins that are not disabled."""
    return [plugin for plugin in installed_plugins() if plugin.enabled]
