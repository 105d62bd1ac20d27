"""The API's description: OpenAPI 3.1, made by django-ninja from the endpoints' own functions."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from inspect import signature
from typing import Annotated, Any, get_type_hints

import orjson
from ninja import NinjaAPI, Router
from ninja.params.models import Query

from cms.delivery import schemas
from cms.delivery.parameters import NO_FALLBACK, locale_codes
from cms.delivery.problem_types import API_PATH
from cms.delivery.routing import Endpoint

__all__ = ["API_VERSION", "openapi_document", "openapi_json"]

API_VERSION = "1.0.0"

_DESCRIPTION = """\
Published content, read only. Parameters are allow-listed: an unknown parameter, field, filter,
operator or sort key is a 400 that names what is allowed. Errors are RFC 9457 problem documents.
What may not be seen does not exist: a draft, a private page and an id that never was give the same
404, byte for byte. Every answer has a strong ETag.
"""


def openapi_document() -> dict[str, Any]:
    """The whole description, with stable names and order."""
    document = dict(_describe().get_openapi_schema(path_prefix=""))
    document.pop("servers", None)
    document["components"] = {"schemas": dict(sorted(schemas.components().items()))}
    for operations in document["paths"].values():
        for operation in operations.values():
            operation["parameters"] = [_parameter(one) for one in operation["parameters"]]
            operation["responses"] = {
                str(status): answer for status, answer in operation["responses"].items()
            }
    return document


def _describe() -> NinjaAPI:
    from cms.delivery.urls import all_endpoints

    api = NinjaAPI(
        title="Hợp Tác CMS",
        version=API_VERSION,
        description=_DESCRIPTION,
        urls_namespace="api-description",
    )
    router = Router()
    for prefix, endpoint in all_endpoints():
        router.get(
            f"/{prefix}{endpoint.path}",
            operation_id=_operation_id(prefix, endpoint),
            tags=[endpoint.tag],
            openapi_extra=_operation(endpoint),
        )(_described(endpoint))
    api.add_router("", router)
    return api


def _described(endpoint: Endpoint) -> Callable[..., Any]:
    """The endpoint's function as ninja wants it: ``parameters`` are of the query string."""

    @wraps(endpoint.function)
    def function(*args: Any, **kwargs: Any) -> Any:
        return endpoint.function(*args, **kwargs)

    hints = get_type_hints(endpoint.function)
    if endpoint.parameters is not None:
        hints["parameters"] = Annotated[endpoint.parameters, Query(...)]
    own = signature(endpoint.function)
    function.__signature__ = own.replace(  # type: ignore[attr-defined]
        parameters=[
            one.replace(annotation=hints.get(name, one.annotation))
            for name, one in own.parameters.items()
        ]
    )
    return function


def _operation_id(prefix: str, endpoint: Endpoint) -> str:
    """``pages``; a plugin's begins with its label: ``event_upcoming``."""
    owner = prefix.removeprefix(API_PATH.lstrip("/")).replace("/", "_")
    return owner + endpoint.name.removeprefix("api-").replace("-", "_")


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    """What ninja doesn't know of an operation: its answers, which are ours."""
    answer = {
        "description": "OK",
        "headers": {
            "ETag": {"schema": {"type": "string"}, "description": "Strong; 304 works."},
            "Cache-Tag": {
                "schema": {"type": "string"},
                "description": "What the answer was made from, with commas between.",
            },
        },
        "content": {endpoint.media_type: {"schema": endpoint.answer}},
    }
    statuses = {200: answer, 304: {"description": "The client has this answer already."}}
    problems = {
        400: "Bad request",
        401: "No valid token",
        404: "Not found",
        429: "Too many requests",
        500: "Internal error",
        503: "Unavailable",
    }
    for status, title in problems.items():
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        statuses[status] = {"description": title, "content": content}
    return {"responses": statuses, **endpoint.description}


def _parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    """Without pydantic's titles and without "or null", which a query string can't say."""
    schema = {name: value for name, value in parameter["schema"].items() if name != "title"}
    choices = [one for one in schema.pop("anyOf", ()) if one != {"type": "null"}]
    for choice in choices:
        schema.update(choice)
    if schema.get("default", ...) is None:
        del schema["default"]
    schema.pop("description", None)
    if parameter["name"] == "locale":
        schema["enum"] = locale_codes()
    if parameter["name"] == "fallback":
        schema["enum"] = [*locale_codes(), NO_FALLBACK]
    return {**parameter, "schema": schema}


@lru_cache(maxsize=2)
def openapi_json(types: tuple[str, ...]) -> bytes:
    """The description as the API gives it; ``types`` are the names of the enabled types."""
    return orjson.dumps(openapi_document())
