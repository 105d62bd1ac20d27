"""JSON Schemas of what search and suggestions give."""

from __future__ import annotations

from cms.delivery.schemas import NEXT, component_ref, object_of
from cms.pages.exposed import JsonSchema

__all__ = ["SEARCH", "SUGGESTIONS"]

_TEXT: JsonSchema = {"type": "string"}
_NUMBER: JsonSchema = {"type": "integer"}
_YES_OR_NO: JsonSchema = {"type": "boolean"}
_HIGHLIGHTS: JsonSchema = {
    "type": "object",
    "description": "With `highlight=true`: HTML that is safe as it is, `mark` around what fits.",
    "properties": {"title": _TEXT, "text": {"type": "array", "items": _TEXT}},
    "required": ["title", "text"],
}
_BUCKET: JsonSchema = object_of(
    {
        "value": {**_TEXT, "description": "To filter by: `filter[topics][eq]=…`."},
        "label": {**_TEXT, "description": "For people, in the locale of the search."},
        "count": _NUMBER,
    }
)
_DEGRADED: JsonSchema = {
    **_YES_OR_NO,
    "description": "The search server is away, and the embedded index answers in its place.",
}
SEARCH: JsonSchema = object_of(
    {
        "items": {
            "type": "array",
            "items": {
                "allOf": [
                    component_ref("Card"),
                    {"type": "object", "properties": {"highlights": _HIGHLIGHTS}},
                ]
            },
        },
        "next": NEXT,
        "total": {**_NUMBER, "description": "How many there are on all pages."},
        "facets": {
            "type": "object",
            "description": "By the names that were asked for, the most frequent values first.",
            "additionalProperties": {"type": "array", "items": _BUCKET},
        },
        "loose": {
            **_YES_OR_NO,
            "description": "No page has enough of the words; these have some of them.",
        },
        "did_you_mean": {
            "type": ["string", "null"],
            "description": "Nothing fits, and the site's own words have this that is alike.",
        },
        "numbers": {
            "type": "array",
            "items": _TEXT,
            "description": "The document numbers that were read in the query.",
        },
        "degraded": _DEGRADED,
    }
)
SUGGESTIONS: JsonSchema = object_of(
    {"items": {"type": "array", "items": component_ref("Card")}, "degraded": _DEGRADED}
)
