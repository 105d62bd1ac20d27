"""Errors as GraphQL tells them: a message, and a stable code by which a client decides.

A problem of REST keeps its name as the code (``unknown-filter`` → ``UNKNOWN_FILTER``) and says
which parameter it is about and what is allowed. What failed on this side is masked: the log has it
under the id that the client is given.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, Literal

from graphql import GraphQLError

from cms.delivery.problems import EXPECTED, Problem, problem_of

__all__ = ["Code", "Refused", "error_of", "invalid", "masked"]

type Error = dict[str, Any]

Code = Literal[
    "BAD_REQUEST",
    "BATCHING_REFUSED",
    "DOCUMENT_NOT_TRUSTED",
    "INTERNAL_ERROR",
    "INTROSPECTION_OFF",
    "INVALID_DOCUMENT",
    "INVALID_VARIABLES",
    "LIMIT_EXCEEDED",
    "PERSISTED_QUERY_NOT_FOUND",
    "PERSISTED_QUERY_NOT_SUPPORTED",
    "QUERY_NOT_ALLOWED",
    "SYNTAX_ERROR",
]
"""The codes beside those of REST's problems."""

MAX_TOLD = 10
"""Errors of one document that the client is told."""

logger = logging.getLogger(__name__)


class Refused(Exception):
    """A request that isn't executed. ``well_formed`` False: it is no GraphQL request at all."""

    def __init__(
        self,
        code: Code,
        message: str,
        *,
        errors: Sequence[Error] = (),
        status: int = 400,
        well_formed: bool = True,
        **extensions: Any,
    ) -> None:
        super().__init__(message)
        own: Error = {"message": message, "extensions": {"code": code, **extensions}}
        self.errors = list(errors) or [own]
        self.status = status
        self.well_formed = well_formed


def invalid(code: Code, found: Iterable[GraphQLError]) -> Refused:
    """The refusal of a document or of its variables for these errors."""
    errors = [
        {**_only(error.formatted, "message", "locations"), "extensions": {"code": code}}
        for error in list(found)[:MAX_TOLD]
    ]
    return Refused(code, "The request is invalid.", errors=errors)


def _only(members: Any, *names: str) -> Error:
    return {name: members[name] for name in names if name in members}


def error_of(error: Exception, path: Sequence[str | int]) -> Error:
    """The error of a field: what is expected as it is, anything else masked."""
    if isinstance(error, Refused):
        return {**error.errors[0], "path": list(path)}
    if isinstance(error, GraphQLError) and error.original_error is None:
        return {
            "message": error.message,
            "path": list(path),
            "extensions": {"code": "INVALID_VARIABLES"},
        }
    if isinstance(error, EXPECTED):
        problem = problem_of(error)
        return {"message": str(problem), "path": list(path), "extensions": _extensions(problem)}
    return {**masked(error), "path": list(path)}


def masked(error: Exception) -> Error:
    """An error that says nothing of what failed; the log has it under the same id."""
    error_id = uuid.uuid4().hex
    logger.error("GraphQL: internal error %s", error_id, exc_info=error)
    return {
        "message": "Internal error",
        "extensions": {"code": "INTERNAL_ERROR", "id": error_id},
    }


def _extensions(problem: Problem) -> dict[str, Any]:
    members = problem.members()
    extensions = {"code": problem.name.upper().replace("-", "_"), "type": members["type"]}
    return extensions | _only(members, "parameter", "allowed")
