"""An entry of the feed as the outside reads it: in ``GET /changes`` and in webhooks alike."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cms.changes.models import Change

__all__ = ["describe", "format_time"]


def describe(change: Change) -> dict[str, Any]:
    """What is told of a change, withdrawn content included: where it stood, nothing it said."""
    return {
        "seq": change.seq,
        "reason": change.reason,
        "withdrawn": change.withdrawn,
        "type": change.type,
        "id": change.object_id,
        "locale": change.locale or None,
        "path": change.path or None,
        "previous_path": change.previous_path or None,
        "tags": change.tags,
        "at": format_time(change.at),
    }


def format_time(when: datetime | None) -> str | None:
    """``2020-04-22T03:00:00Z``: UTC, whole seconds."""
    if when is None:
        return None
    return when.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")
