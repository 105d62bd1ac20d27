"""What may leave of what an engine found: one query, whatever was found.

An index lags behind the content by a moment, or by hours where its server was away. So each answer
is held against the database: the hits' cards come through the gate, and with them, in the same
query, which pages the feed has withdrawn since the index followed it. Where there are any, the
engine is asked once more without them, so that they are in no total and no count either.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from django.db.models import (
    BigIntegerField,
    BinaryField,
    BooleanField,
    CharField,
    DateTimeField,
    ExpressionWrapper,
    F,
    Field,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast
from django.db.models.lookups import In
from django.utils import timezone

from cms.changes.models import FollowerCursor
from cms.delivery.query.prepared import Slot, prepared
from cms.delivery.stored import COLUMNS, NOW, Stored, disabled_plugins, find_documents
from cms.pages.fingerprint import is_fresh
from cms.pages.scope import current_scope
from cms.pages.visibility import visible_documents, withdrawals_after

__all__ = ["Admitted", "admit"]

_WITHDRAWN = ""
"""In the place of a document's type: the row tells of a page that was withdrawn."""

_COLUMNS = (*COLUMNS["card"], "path", "title", "whole")
_NOTHING: dict[type[Field[Any, Any]], Any] = {
    BooleanField: False, DateTimeField: None, BinaryField: b"",
}  # fmt: skip


@dataclass(slots=True)
class Admitted:
    """The visible documents among what was found, by id, and what the index doesn't know yet."""

    cards: dict[int, Stored] = field(default_factory=dict)
    bodies: dict[int, bytes] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    """Of the pages whose paths were asked for."""
    withdrawn: frozenset[int] = frozenset()
    """Pages that were withdrawn after the index last followed the feed."""


def admit(
    ids: Sequence[int], follower: str, *, paths: Collection[str] = (), bodies: bool = False
) -> Admitted:
    """Holds hits against the database: one query while the documents are stored fresh.

    ``follower`` names the cursor of the engine's index; ``paths`` are pages whose titles are
    wanted; ``bodies`` asks for whole documents as well.
    """
    now = timezone.now()
    shape = ("search", len(ids), len(paths), bodies, disabled_plugins())
    values: dict[str, Any] = {"now": now, "follower": follower}
    values |= {f"id_{number}": pk for number, pk in enumerate(ids)}
    values |= {f"path_{number}": path for number, path in enumerate(paths)}
    query = prepared(shape, lambda: _rows(len(ids), len(paths), bodies=bodies))
    return _admitted(query.rows(values), ids, paths, now)


def _admitted(
    rows: list[list[Any]], ids: Sequence[int], paths: Collection[str], now: datetime
) -> Admitted:
    found = Admitted()
    found.withdrawn = frozenset(row[0] for row in rows if row[1] == _WITHDRAWN)
    wanted, stale = set(ids), list[int]()
    for row in rows:
        if row[1] == _WITHDRAWN:
            continue
        *columns, path, title, body = row
        if path in paths:
            found.titles[path] = title
        if row[0] not in wanted:
            continue
        columns[-1] = bytes(columns[-1])
        stored = Stored(*columns)
        if is_fresh(cast(Any, stored), now):
            found.cards[stored.pk] = stored
            found.bodies[stored.pk] = bytes(body)
        else:
            stale.append(stored.pk)
    if current_scope().is_limited:  # whose cards may lead out of sight
        stale = [pk for pk in ids if pk in found.cards or pk in stale]
    if stale:
        found.cards |= {row.pk: row for row in find_documents(stale, "card")}
        found.bodies |= {row.pk: row.content for row in find_documents(stale, "body")}
    return found


def _rows(ids: int, paths: int, *, bodies: bool) -> QuerySet[Any]:
    """The documents, and beneath them the withdrawals that the index hasn't followed."""
    id_slots = [Slot(f"id_{number}", BigIntegerField(), adapt=False) for number in range(ids)]
    path_slots = [Slot(f"path_{number}", TextField()) for number in range(paths)]
    wanted = Q()
    if id_slots:
        wanted |= Q(In(F("pk"), id_slots))
    if path_slots:
        wanted |= Q(In(F("path"), path_slots))
    documents = visible_documents(now=cast(Any, NOW)).filter(wanted) if wanted else None
    withdrawals = _withdrawals()
    if documents is None:
        return withdrawals
    body = F("body") if bodies else Value(b"", BinaryField())
    rows = documents.annotate(
        tag_list=Cast("card_tags", TextField()), whole=ExpressionWrapper(body, BinaryField())
    )
    return rows.values_list(*_COLUMNS).union(withdrawals, all=True)


def _withdrawals() -> QuerySet[Any]:
    """Pages that were withdrawn after the follower's place, in the columns of a document."""
    cursor = FollowerCursor.objects.filter(name=Slot("follower", CharField()))
    changes = withdrawals_after(Subquery(cursor.values("seq")[:1]))
    empty = {f"no_{name}": _nothing(name) for name in _COLUMNS[1:]}
    return changes.annotate(**empty).values_list("object_id", *empty)


def _nothing(column: str) -> Value:
    """What stands in a column of a document that there is none of."""
    if column in ("tag_list", "whole"):
        return Value("", TextField()) if column == "tag_list" else Value(b"", BinaryField())
    field = visible_documents().model._meta.get_field(column)
    for kind, nothing in _NOTHING.items():
        if isinstance(field, kind):
            return Value(nothing, kind())
    return Value(_WITHDRAWN, TextField())
