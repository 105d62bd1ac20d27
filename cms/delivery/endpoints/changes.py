"""The change feed and the redirects: what a built site follows to keep in step."""

from __future__ import annotations

from typing import Annotated

import orjson
from django.http import HttpRequest, HttpResponse
from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from cms.changes.entries import describe
from cms.changes.feed import changes_since, latest_seq
from cms.changes.models import Change, Reason
from cms.changes.selection import Selection
from cms.delivery import schemas
from cms.delivery.parameters import (
    Limit,
    LocaleCode,
    Names,
    Parameters,
    PublicPath,
    WholeNumber,
    read_number,
)
from cms.delivery.problems import Problem
from cms.delivery.query.cursors import read_cursor, write_cursor
from cms.delivery.redirects import follow, portal_redirects
from cms.delivery.routing import Routes, json_response
from cms.pages.scope import current_scope
from cms.pages.visibility import visible_changes

__all__ = ["routes"]

routes = Routes("Changes")

MAX_CHANGES = 1_000
_REDIRECTS = "redirects"


def _check_limit(value: int) -> int:
    if not 1 <= value <= MAX_CHANGES:
        raise ValueError(f"a number from 1 to {MAX_CHANGES} is expected")
    return value


ChangesLimit = Annotated[
    int,
    BeforeValidator(read_number),
    AfterValidator(_check_limit),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MAX_CHANGES}),
]


class ChangesParameters(Parameters):
    """From where on, how many, and which."""

    since: WholeNumber = Field(default=0, description="`next` of the last answer; 0: all.")
    limit: ChangesLimit = Field(default=100, description="Most entries to give.")
    type: Names | None = Field(
        default=None, description="Types to tell of: `article,image`. Left out: all."
    )
    within: PublicPath | None = Field(
        default=None,
        description="Pages at or below this path, also those that moved away from there.",
    )
    locale: LocaleCode | None = Field(default=None, description="Pages in this locale.")

    @property
    def selection(self) -> Selection:
        """Which entries are asked for."""
        return Selection(
            types=self.type or (),
            locales=(self.locale,) if self.locale else (),
            within=f"{self.within.rstrip('/')}/" if self.within else "",
        )


class RedirectsParameters(Parameters):
    """From where on, and how many."""

    limit: Limit = Field(default=100, description="Most redirects to give.")
    cursor: str | None = Field(default=None, description="`next` of the page before.")


@routes.get("changes", answer=schemas.CHANGES)
def changes(request: HttpRequest, parameters: ChangesParameters) -> HttpResponse:
    """What has changed since an entry, in order and without gaps.

    An entry that is `withdrawn` is a tombstone: whoever keeps a copy removes it. A moved page has
    its `previous_path`. Ask again with `since` set to `next`. What stands nowhere and is in no
    language (an image, a topic) is told of whatever `within` and `locale` say, since any page may
    show it; `type` alone leaves it out.
    """
    latest = latest_seq()  # before the entries: one that is numbered meanwhile must not be skipped
    if parameters.since > latest:
        raise Problem(
            "invalid-cursor",
            "The feed has not come so far: it was begun anew or restored from a backup. Build "
            "everything anew and begin again.",
            parameter="since",
            latest=latest,
        )
    among = parameters.selection.apply(visible_changes()).filter(seq__lte=latest)
    entries = changes_since(parameters.since, parameters.limit + 1, among=among)
    more = len(entries) > parameters.limit
    entries = entries[: parameters.limit]
    answer = {
        "items": [describe(entry) for entry in entries if _in_sight(entry)],
        "next": entries[-1].seq if more else latest,
        "more": more,
        "latest": latest,
    }
    return json_response(request, orjson.dumps(answer), shared=False)


def _in_sight(change: Change) -> bool:
    """Whether the reader sees the page; to one who saw where it was, a page that left is gone."""
    scope = current_scope()
    if not change.path or not scope.is_limited or scope.has_path(change.locale, change.path):
        return True
    if not scope.has_path(change.locale, change.previous_path or ""):
        return False
    change.path, change.previous_path = change.previous_path, ""
    change.reason = Reason.UNPUBLISH
    return True


@routes.get("redirects", answer=schemas.REDIRECTS)
def redirects(request: HttpRequest, parameters: RedirectsParameters) -> HttpResponse:
    """Old addresses and where they lead in the end; `from` has no slash at its end."""
    rows = portal_redirects().order_by("pk")
    if parameters.cursor is not None:
        (last,) = read_cursor(parameters.cursor, _REDIRECTS, 1)
        rows = rows.filter(pk__gt=last)
    found = list(rows[: parameters.limit + 1])
    more = len(found) > parameters.limit
    found = found[: parameters.limit]
    targets = follow(found)
    answer = {
        "items": [
            {"from": one.old_path, "to": target.location, "permanent": target.permanent}
            for one in found
            if (target := targets.get(one.pk)) is not None
        ],
        "next": write_cursor([found[-1].pk], _REDIRECTS) if more else None,
    }
    return json_response(request, orjson.dumps(answer), shared=False)
