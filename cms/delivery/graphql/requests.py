"""GraphQL over HTTP: what a request asks for, read strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from cms.delivery.graphql.errors import Refused
from cms.delivery.graphql.limits import MAX_LENGTH
from cms.delivery.graphql.persisted import digest
from cms.delivery.problems import Problem
from cms.delivery.query_string import parse_query

__all__ = ["GRAPHQL_TYPE", "JSON_TYPE", "GraphQLRequest", "answer_type", "read_request"]

JSON_TYPE = "application/json"
GRAPHQL_TYPE = "application/graphql-response+json"

MAX_BODY = 100_000
"""Bytes of a POST."""

_MEMBERS = ("query", "variables", "operationName", "extensions")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """One request; ``sha256`` names a persisted document, ``query`` is a document's text."""

    query: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation_name: str | None = None
    sha256: str | None = None


def read_request(request: HttpRequest) -> GraphQLRequest:
    """The request; raises Refused for anything but GraphQL over HTTP, before any SQL."""
    return _request(_posted(request) if request.method == "POST" else _asked(request))


def _asked(request: HttpRequest) -> dict[str, Any]:
    try:
        given = parse_query(request.META.get("QUERY_STRING", ""), longest=MAX_LENGTH)
    except Problem as problem:
        raise Refused("BAD_REQUEST", str(problem), well_formed=False) from None
    members: dict[str, Any] = dict(given)
    for name in ("variables", "extensions"):
        if name in members:
            members[name] = _json(members[name].encode())
    return members


def _posted(request: HttpRequest) -> dict[str, Any]:
    if request.META.get("QUERY_STRING"):
        raise Refused("BAD_REQUEST", "A POST has its parameters in the body.", well_formed=False)
    # Nothing else: a form of another site can't send JSON without asking first (CORS).
    if request.content_type != JSON_TYPE:
        raise Refused(
            "BAD_REQUEST", f"The body must be {JSON_TYPE}.", status=415, well_formed=False
        )
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY:
            raise _too_large()
        body = request.read(MAX_BODY + 1)
    except (ValueError, UnreadablePostError):
        raise Refused("BAD_REQUEST", "The body can't be read.", well_formed=False) from None
    if len(body) > MAX_BODY:
        raise _too_large()
    members = _json(body)
    if isinstance(members, list):
        raise Refused("BATCHING_REFUSED", "One request at a time.", well_formed=False)
    if not isinstance(members, dict):
        raise Refused("BAD_REQUEST", "A JSON object is expected.", well_formed=False)
    return members


def _too_large() -> Refused:
    return Refused(
        "LIMIT_EXCEEDED", "Too much: bytes.", status=413, well_formed=False, limit=MAX_BODY
    )


def _json(text: bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        message = f"This is no JSON: {error.msg}."
        raise Refused("BAD_REQUEST", message, well_formed=False) from None


def _request(members: dict[str, Any]) -> GraphQLRequest:
    unknown = sorted(set(members) - set(_MEMBERS))
    if unknown:
        raise Refused(
            "BAD_REQUEST", f"Unknown parameter {unknown[0]!r}.",
            well_formed=False, allowed=list(_MEMBERS),
        )  # fmt: skip
    query = _member(members, "query", str)
    sha256 = _sha256(_member(members, "extensions", dict) or {})
    if query and sha256 is not None and digest(query) != sha256:
        raise Refused("BAD_REQUEST", "provided sha does not match query")
    if not query and sha256 is None:
        raise Refused("BAD_REQUEST", "A query is needed.", well_formed=False)
    return GraphQLRequest(
        query=query or None,
        variables=_member(members, "variables", dict) or {},
        operation_name=_member(members, "operationName", str) or None,
        sha256=sha256,
    )


def _member(members: Mapping[str, Any], name: str, kind: type) -> Any:
    value = members.get(name)
    if value is not None and not isinstance(value, kind):
        expected = "text" if kind is str else "an object"
        raise Refused("BAD_REQUEST", f"{name!r} must be {expected}.", well_formed=False)
    return value


def _sha256(extensions: Mapping[str, Any]) -> str | None:
    persisted = _member(extensions, "persistedQuery", dict)
    if persisted is None:
        return None
    sha256 = persisted.get("sha256Hash")
    if persisted.get("version") != 1 or not isinstance(sha256, str) or not _SHA256.match(sha256):
        raise Refused("BAD_REQUEST", "A persistedQuery has version 1 and a sha256Hash.")
    return sha256


def answer_type(request: HttpRequest) -> str:
    """The media type of the answer: GraphQL's own where the client prefers it, else JSON.

    A GET that may be stored is JSON for everyone, so that one stored answer serves all.
    """
    accepted = request.META.get("HTTP_ACCEPT", "")
    place, json_place = accepted.find(GRAPHQL_TYPE), accepted.find(JSON_TYPE)
    if place < 0 or (0 <= json_place < place):
        return JSON_TYPE
    return GRAPHQL_TYPE
