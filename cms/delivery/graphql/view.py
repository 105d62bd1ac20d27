"""``/graphql/``: one request, one answer."""

from __future__ import annotations

from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.delivery.answers import API_HEADERS, json_response
from cms.delivery.graphql import persisted
from cms.delivery.graphql.documents import Document, prepare
from cms.delivery.graphql.errors import Refused
from cms.delivery.graphql.execution import Result, execute
from cms.delivery.graphql.requests import (
    GRAPHQL_TYPE,
    JSON_TYPE,
    GraphQLRequest,
    answer_type,
    read_request,
)
from cms.delivery.graphql.types.schema import current_schema
from cms.delivery.problems import EXPECTED, Problem, problem_of, problem_response

__all__ = ["graphql"]

_METHODS = "GET, HEAD, POST, OPTIONS"


def graphql(request: HttpRequest) -> HttpResponse:
    """Answers one query; a GET that names a persisted document may be kept by shared caches."""
    if request.method == "OPTIONS":
        response = HttpResponse(status=204)
        response.headers["Allow"] = _METHODS
        return response
    if request.method not in ("GET", "HEAD", "POST"):
        response = problem_response(Problem("method-not-allowed"))
        response.headers["Allow"] = _METHODS
        return response
    try:
        response = _answer(request)
    except Refused as refused:
        response = _refusal(request, refused)
    except EXPECTED as error:
        response = problem_response(problem_of(error))
    if request.method == "HEAD":
        response.content = b""
    return response


graphql.csrf_exempt = True  # type: ignore[attr-defined]  # only reads, whoever asks


def _answer(request: HttpRequest) -> HttpResponse:
    asked = read_request(request)
    document = _document(asked)
    _check_operation(document, asked)
    variables = document.variables(asked.variables)
    cost, most = document.weights.cost(variables), int(settings.CMS_GRAPHQL_MAX_COST)
    if cost > most:
        raise Refused("LIMIT_EXCEEDED", "Too much: cost.", limit=most, found=cost)
    if asked.query is not None and asked.sha256 is not None and persisted.trusted() is None:
        persisted.register(asked.sha256, asked.query)
    result = execute(document, variables, asked.variables)
    members: dict[str, Any] = {"data": result.data}
    if result.errors:
        members["errors"] = result.errors
    members["extensions"] = {"cost": {"requested": cost, "limit": most}}
    return _response(request, orjson.dumps(members), asked, result)


def _document(asked: GraphQLRequest) -> Document:
    """The document that is asked for, ready to be executed."""
    manifest = persisted.trusted()
    schema = current_schema()
    if manifest is not None:
        name = asked.sha256 or persisted.digest(asked.query or "")
        if name not in manifest:
            raise Refused("DOCUMENT_NOT_TRUSTED", "Only registered documents are executed.")
        return prepare(manifest[name], schema)
    if asked.query is not None:
        return prepare(asked.query, schema)
    return prepare(persisted.find(asked.sha256 or ""), schema)


def _check_operation(document: Document, asked: GraphQLRequest) -> None:
    """A document has one operation; a name that is given must be its own."""
    own = document.operation.name.value if document.operation.name is not None else None
    if asked.operation_name is not None and asked.operation_name != own:
        raise Refused("BAD_REQUEST", "There is no operation of that name.")


def _response(
    request: HttpRequest, body: bytes, asked: GraphQLRequest, result: Result
) -> HttpResponse:
    reading = result.reading
    if request.method == "POST" or result.errors:
        return _unkept(body, answer_type(request))
    if asked.query is None and reading.shared:
        return json_response(request, body, tags=reading.tags, until=reading.until)
    response = json_response(
        request, body, tags=reading.tags, until=reading.until, shared=False,
        content_type=answer_type(request),
    )  # fmt: skip
    response.headers["Vary"] = "Accept, Accept-Encoding"
    return response


def _refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The errors of a request that isn't executed (GraphQL over HTTP, 6.4).

    As ``application/json`` a well-formed request is answered with 200 whatever it asks for, since
    older clients take another status for the network's.
    """
    content_type = answer_type(request)
    status = refused.status
    if content_type == JSON_TYPE and refused.well_formed and status == 400:
        status = 200
    return _unkept(orjson.dumps({"errors": refused.errors}), content_type, status)


def _unkept(body: bytes, content_type: str, status: int = 200) -> HttpResponse:
    charset = "; charset=utf-8" if content_type == GRAPHQL_TYPE else ""
    response = HttpResponse(body, status=status, content_type=content_type + charset)
    if status < 500:
        response._has_been_logged = True  # type: ignore[attr-defined]  # see problem_response
    response.headers["Content-Length"] = str(len(body))
    response.headers["Cache-Control"] = "no-store"
    response.headers["Vary"] = "Accept, Accept-Encoding"
    for name, value in API_HEADERS.items():
        response.headers[name] = value
    return response
