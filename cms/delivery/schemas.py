"""JSON Schemas of what the endpoints give, beside those of the content types themselves."""

from __future__ import annotations

from typing import Any

from cms.changes.models import Reason
from cms.pages.exposed import JsonSchema
from cms.pages.kinds.base import nullable
from cms.pages.models import TranslationState
from cms.pages.schemas import page_schemas
from cms.plugins.registry import registry

__all__ = [
    "CHANGES",
    "DRAFT",
    "FILTERS",
    "HEALTH",
    "MENU",
    "NEXT",
    "PAGE",
    "PAGE_LIST",
    "PROBLEM",
    "REDIRECTS",
    "RESOLVED",
    "SCHEMA_DOCUMENT",
    "TYPES",
    "component_ref",
    "components",
    "object_of",
]

_TEXT: JsonSchema = {"type": "string"}
_NUMBER: JsonSchema = {"type": "integer"}
_YES_OR_NO: JsonSchema = {"type": "boolean"}
NEXT: JsonSchema = {
    "type": ["string", "null"],
    "description": "The cursor of the next page; null on the last one.",
}


def object_of(properties: dict[str, JsonSchema], *, optional: tuple[str, ...] = ()) -> JsonSchema:
    """An object with exactly these properties, all required but the optional ones."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def component_ref(name: str) -> JsonSchema:
    """A reference to one of :func:`components`."""
    return {"$ref": f"#/components/schemas/{name}"}


_SERVED: dict[str, JsonSchema] = {
    "locale_served": {
        **_TEXT,
        "description": "The locale that this is in: with `fallback`, and where it isn't the one "
        "that was asked for.",
    },
    "untranslated": {
        "const": True,
        "description": "This is the source: the page isn't translated, and its section has the "
        "source stand in. A reader is to be told so.",
    },
}
PAGE: JsonSchema = {
    "anyOf": [component_ref("Page"), component_ref("PageFields")],
    "properties": _SERVED,
}
PAGE_LIST: JsonSchema = object_of(
    {
        "items": {
            "type": "array",
            "items": {
                "anyOf": [component_ref("Card"), component_ref("PageFields")],
                "properties": _SERVED,
            },
        },
        "next": NEXT,
        "total": {**_NUMBER, "description": "With `count=exact`."},
    },
    optional=("total",),
)
DRAFT: JsonSchema = object_of(
    {
        "kind": {"const": "page"},
        "draft": {"const": True},
        "page": {
            "type": "object",
            "description": "As `pages/{id}` gives it, but unfinished: what is not filled in is "
            "null, and so is `id` of a page that was never saved.",
        },
    }
)
RESOLVED: JsonSchema = {
    "oneOf": [
        object_of({"kind": {"const": "page"}, "page": PAGE}),
        object_of(
            {"kind": {"const": "redirect"}, "location": _TEXT, "permanent": _YES_OR_NO},
        ),
    ]
}
PROBLEM: JsonSchema = {
    "type": "object",
    "description": "RFC 9457. `type` is stable: a client decides by it.",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": _TEXT,
        "status": _NUMBER,
        "detail": _TEXT,
        "detail_vi": _TEXT,
        "parameter": {**_TEXT, "description": "The parameter that it is about."},
        "allowed": {
            "type": "array",
            "items": _TEXT,
            "description": "What would be accepted in its place.",
        },
    },
    "required": ["type", "title", "status", "detail", "detail_vi"],
}
_CHANGE = object_of(
    {
        "seq": _NUMBER,
        "reason": {"type": "string", "enum": list(Reason.values)},
        "withdrawn": _YES_OR_NO,
        "type": _TEXT,
        "id": nullable(_NUMBER),
        "locale": nullable(_TEXT),
        "path": nullable(_TEXT),
        "previous_path": nullable(_TEXT),
        "tags": {"type": "array", "items": _TEXT},
        "at": {"type": "string", "format": "date-time"},
    }
)
CHANGES: JsonSchema = object_of(
    {
        "items": {"type": "array", "items": _CHANGE},
        "next": {**_NUMBER, "description": "`since` of the next request."},
        "more": {**_YES_OR_NO, "description": "Whether there are further entries already."},
        "latest": {**_NUMBER, "description": "The number of the newest entry there is."},
    }
)
REDIRECTS: JsonSchema = object_of(
    {
        "items": {
            "type": "array",
            "items": object_of({"from": _TEXT, "to": _TEXT, "permanent": _YES_OR_NO}),
        },
        "next": NEXT,
    }
)
_TRAIL: dict[str, JsonSchema] = {
    "current": {**_YES_OR_NO, "description": "Whether `path` is this very entry."},
    "trail": {**_YES_OR_NO, "description": "Whether `path` is this entry or stands below it."},
    "items": {"type": "array", "items": component_ref("MenuItem")},
}
MENU_ITEM: JsonSchema = {
    "oneOf": [
        object_of(
            {"type": {"const": "page"}, "title": _TEXT, "id": _NUMBER, "path": _TEXT, **_TRAIL}
        ),
        object_of({"type": {"const": "link"}, "title": _TEXT, "url": _TEXT, **_TRAIL}),
        object_of({"type": {"const": "group"}, "title": _TEXT, **_TRAIL}),
    ]
}
MENU: JsonSchema = object_of(
    {
        "handle": _TEXT,
        "locale": _TEXT,
        "locale_served": _TEXT,
        "title": _TEXT,
        "items": {"type": "array", "items": component_ref("MenuItem")},
    },
    optional=("locale_served",),
)
_FIELD = object_of(
    {
        "name": _TEXT,
        "filter": {"type": "array", "items": _TEXT, "description": "Allowed operators."},
        "sort": _YES_OR_NO,
        "card": _YES_OR_NO,
    }
)
TYPES: JsonSchema = object_of(
    {
        "items": {
            "type": "array",
            "items": object_of(
                {
                    "type": _TEXT,
                    "graphql_name": _TEXT,
                    "plugin": _TEXT,
                    "label": {"type": "object", "additionalProperties": _TEXT},
                    "schema": {"type": "string", "format": "uri-reference"},
                    "fields": {"type": "array", "items": _FIELD},
                }
            ),
        }
    }
)
SCHEMA_DOCUMENT: JsonSchema = {
    "type": "object",
    "description": "A JSON Schema, draft 2020-12.",
    "required": ["$schema", "$id", "$defs"],
}
HEALTH: JsonSchema = {
    "type": "object",
    "properties": {"status": {"const": "ok"}},
    "required": ["status"],
}
_STATUS: JsonSchema = {"enum": list(TranslationState.Status.values)}
FILTERS: list[dict[str, Any]] = [
    {
        "name": "filter",
        "in": "query",
        "required": False,
        "style": "deepObject",
        "explode": True,
        "description": "`filter[field][operator]=value`, with the operators eq ne in lt lte gt gte "
        "contains startswith isnull as far as the field takes them; `/api/v1/types` lists them. "
        "`in` takes values with commas between them. Every list takes `translation.status`, "
        "`translation.percent`, `translation.machine` and `translation.outdated_since`.",
        "schema": {
            "type": "object",
            "properties": {
                "translation.status": {
                    "type": "object",
                    "properties": {"eq": _STATUS, "ne": _STATUS},
                }
            },
            "additionalProperties": {"type": "object"},
        },
    }
]


def components() -> dict[str, JsonSchema]:
    """Every named schema: content types and what they refer to, and the shapes above."""
    types = page_schemas()
    page_names = {one.name: one.graphql_name for one in registry.pages()}
    return {
        **types,
        "Page": {
            "oneOf": [component_ref(name) for name in page_names.values()],
            "discriminator": {
                "propertyName": "type",
                "mapping": {
                    name: f"#/components/schemas/{own}" for name, own in page_names.items()
                },
            },
        },
        "PageFields": {
            "type": "object",
            "description": "Some fields of a page, or rich text in another form: with `fields` or "
            "`rich_text`.",
            "properties": {"id": _NUMBER, "type": _TEXT},
            "required": ["id", "type"],
        },
        "MenuItem": MENU_ITEM,
        "Problem": PROBLEM,
    }
