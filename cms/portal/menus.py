"""Menus as a person writes them, turned into the blocks that they are stored as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cms.pages.exposed import Json
from cms.pages.kinds import IntakeError

__all__ = ["menu_items"]


def menu_items(entries: Sequence[Mapping[str, Any]]) -> list[Json]:
    """The blocks of entries: ``page`` (with ``title``, ``children``), ``url``, or ``heading``.

    Each may have ``items`` below it. Raises IntakeError for an entry that is none of them.
    """
    return [_entry(entry) for entry in entries]


def _entry(entry: Mapping[str, Any]) -> Json:
    title = str(entry.get("title") or "")
    value: dict[str, Json]
    if "page" in entry:
        kind = "page"
        value = {
            "page": entry["page"], "title": title, "children": bool(entry.get("children")),
        }  # fmt: skip
    elif "url" in entry:
        kind, value = "link", {"title": title, "url": str(entry["url"])}
    elif "heading" in entry:
        kind, value = "group", {"title": str(entry["heading"])}
    else:
        raise IntakeError("an entry has a page, a url or a heading")
    if entry.get("items"):
        value["items"] = menu_items(entry["items"])
    return {"type": kind, "value": value}
