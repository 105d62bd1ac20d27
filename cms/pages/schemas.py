"""JSON Schemas of content types, derived from their exposed fields."""

from __future__ import annotations

from typing import Any

from django.db import models

from cms.pages.exposed import ComputedField, ExposedField, JsonSchema
from cms.pages.kinds.base import nullable
from cms.pages.kinds.definitions import Definitions
from cms.pages.kinds.fields import field_kind, model_field
from cms.pages.kinds.references import CARD_SCHEMA
from cms.pages.models.translation import TranslationState
from cms.plugins.registry import ContentType, registry

__all__ = ["field_schema", "object_schema", "page_schema", "page_schemas", "snippet_reference"]

_TIME: JsonSchema = {"type": ["string", "null"], "format": "date-time"}
_TRANSLATION: JsonSchema = {
    "type": "object",
    "properties": {
        "locale": {"type": "string"},
        "path": {"type": "string"},
        "title": {"type": "string"},
    },
    "required": ["locale", "path", "title"],
}
_STATE: JsonSchema = {
    "type": "object",
    "description": "The page as a translation.",
    "properties": {
        "status": {
            "type": "string",
            "enum": list(TranslationState.Status.values),
            "description": "`missing`: no segment is translated, or the page is an alias of the "
            "source; `partial`; `complete`; `review`: complete, but the source has changed beneath "
            "some segments.",
        },
        "percent": {
            "type": "integer",
            "minimum": 0,
            "maximum": 100,
            "description": "Translated segments of all, rounded down. 100 for a page written by "
            "hand.",
        },
        "source_revision": {
            "type": ["integer", "null"],
            "description": "The revision of the source that was translated; null for a page "
            "written by hand.",
        },
        "outdated_since": {
            "type": ["string", "null"],
            "format": "date-time",
            "description": "When the source was first published after that; null while the "
            "translation is up to date.",
        },
        "machine": {
            "type": "integer",
            "minimum": 0,
            "description": "How many segments a machine has translated and nobody has changed.",
        },
    },
    "required": ["status", "percent", "source_revision", "outdated_since", "machine"],
}
_SEO: JsonSchema = {
    "type": "object",
    "properties": {"title": {"type": "string"}, "description": {"type": "string"}},
    "required": ["title", "description"],
}


def page_schemas(*, include_disabled: bool = False) -> dict[str, JsonSchema]:
    """Every page type's schema by its GraphQL name, and all that they refer to."""
    defs = Definitions()
    schemas = {
        content_type.graphql_name: page_schema(content_type, defs)
        for content_type in registry.pages(include_disabled=include_disabled)
    }
    return {**schemas, **dict(sorted(defs.schemas.items()))}


def page_schema(content_type: ContentType, defs: Definitions) -> JsonSchema:
    """The schema of a page: the envelope and the type's exposed fields, flat."""
    card = defs.define("Card", "cms", lambda: CARD_SCHEMA)
    properties: dict[str, Any] = {
        "id": {"type": "integer"},
        "type": {"const": content_type.name},
        "locale": {"type": "string"},
        "path": {"type": "string"},
        "slug": {"type": "string"},
        "title": {"type": "string"},
        "published_at": _TIME,
        "updated_at": _TIME,
        "parent": nullable(card),
        "translation": {
            **nullable(defs.define("TranslationState", "cms", lambda: _STATE)),
            "description": "Null for a page that is no translation, and for one whose source may "
            "not be seen.",
        },
        "translations": {"type": "array", "items": _TRANSLATION},
        "seo": _SEO,
    }
    for exposed in content_type.exposed_fields:
        properties[exposed.name] = field_schema(content_type.model, exposed, defs)
    return {"type": "object", "properties": properties, "required": list(properties)}


def object_schema(model: type[models.Model], defs: Definitions) -> JsonSchema:
    """The schema of a model's exposed fields alone: child rows and shared records."""
    exposed_fields: list[ExposedField] = model.exposed_fields  # type: ignore[attr-defined]
    properties = {e.name: field_schema(model, e, defs) for e in exposed_fields}
    return {"type": "object", "properties": properties, "required": list(properties)}


def snippet_reference(model: type[models.Model], defs: Definitions) -> JsonSchema:
    """A reference to the shape of a shared record: its exposed fields with id and type."""

    def shape() -> JsonSchema:
        inner = object_schema(model, defs)
        content_type = registry.for_model(model)
        head = {
            "id": {"type": "integer"},
            "type": {"const": content_type.name if content_type else model._meta.model_name},
        }
        properties = {**head, **inner["properties"]}
        return {"type": "object", "properties": properties, "required": list(properties)}

    return defs.define(model.__name__, model._meta.label, shape)


def field_schema(model: type[models.Model], exposed: ExposedField, defs: Definitions) -> JsonSchema:
    """The schema of one exposed field; nullable where the column may be empty."""
    if isinstance(exposed, ComputedField):
        return exposed.schema
    field = model_field(model, exposed.name)
    schema = field_kind(field).schema(field, defs)
    if getattr(field, "choices", None) and field.blank and "enum" in schema:
        return {**schema, "enum": ["", *schema["enum"]]}
    is_column = isinstance(field, models.Field) and not isinstance(field, models.ForeignKey)
    return nullable(schema) if is_column and field.null else schema
