"""The register of what plugins contribute: content types, kinds, blocks, routes and followers.

It refuses instead of overwriting: a name that is taken raises with both owners' names, a
registration after start-up raises, and an unknown name raises with the names that exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from django.db import models

    from cms.pages.exposed import ExposedField

__all__ = [
    "ContentType",
    "DuplicateNameError",
    "LateRegistrationError",
    "Registry",
    "UnknownNameError",
    "registry",
]


class DuplicateNameError(ImproperlyConfigured):
    """Two owners claim one name."""


class LateRegistrationError(ImproperlyConfigured):
    """Something was registered after the registry was closed at the end of start-up."""


class UnknownNameError(LookupError):
    """A name that nothing was registered under; ``allowed`` lists those that exist."""

    def __init__(self, what: str, name: str, allowed: list[str]) -> None:
        super().__init__(f"Unknown {what} {name!r}. Known: {', '.join(allowed) or 'none'}.")
        self.name = name
        self.allowed = allowed


@dataclass(frozen=True, slots=True)
class ContentType:
    """A page or snippet model with its public name (``article``) and its owner."""

    name: str
    graphql_name: str
    model: type[models.Model]
    plugin: str
    is_page: bool
    exposed_fields: tuple[ExposedField, ...]

    @property
    def enabled(self) -> bool:
        """False while the operator lists the owner's label in ``CMS_DISABLED_PLUGINS``."""
        return self.plugin not in settings.CMS_DISABLED_PLUGINS

    def field(self, name: str) -> ExposedField:
        """The exposed field called ``name``; raises UnknownNameError."""
        for exposed in self.exposed_fields:
            if exposed.name == name:
                return exposed
        raise UnknownNameError("field", name, [f.name for f in self.exposed_fields])


class Registry:
    """Content types by public name and by model, and which plugin owns each."""

    def __init__(self) -> None:
        self._types: dict[str, ContentType] = {}
        self._by_model: dict[type[models.Model], ContentType] = {}
        self._closed = False

    def register(self, content_type: ContentType) -> None:
        """Adds a type; raises DuplicateNameError or LateRegistrationError."""
        if self._closed:
            raise LateRegistrationError(
                f"{content_type.plugin} registered the content type {content_type.name!r} after "
                "start-up. Register from the plugin's AppConfig only."
            )
        for other in self._types.values():
            if other.name == content_type.name or other.graphql_name == content_type.graphql_name:
                raise DuplicateNameError(
                    f"The content type {content_type.name!r} (GraphQL "
                    f"{content_type.graphql_name}) of plugin {content_type.plugin!r} has the name "
                    f"of {other.name!r} of plugin {other.plugin!r}."
                )
        self._types[content_type.name] = content_type
        self._by_model[content_type.model] = content_type

    def close(self) -> None:
        """Ends registration: called once, when every app is ready."""
        self._closed = True

    def __iter__(self) -> Iterator[ContentType]:
        return iter(self._types.values())

    def get(self, name: str) -> ContentType:
        """The type with that public name, disabled or not; raises UnknownNameError."""
        try:
            return self._types[name]
        except KeyError:
            raise UnknownNameError("content type", name, sorted(self._types)) from None

    def for_model(self, model: type[models.Model]) -> ContentType | None:
        """The type of a model, or None for a model that no plugin registered."""
        return self._by_model.get(model)

    def pages(self, *, include_disabled: bool = False) -> list[ContentType]:
        """Page types in order of registration; without those of disabled plugins."""
        return [t for t in self if t.is_page and (t.enabled or include_disabled)]

    def snippets(self) -> list[ContentType]:
        """Snippet types in order of registration."""
        return [t for t in self if not t.is_page]

    def page_type(self, name: str) -> ContentType:
        """An enabled page type; raises UnknownNameError naming the enabled ones."""
        for content_type in self.pages():
            if content_type.name == name:
                return content_type
        raise UnknownNameError("content type", name, sorted(t.name for t in self.pages()))


registry = Registry()
