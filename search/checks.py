"""System checks of the indexes.

`manage.py check --database default` runs them, and `migrate`. They ask the engines and the
glossary, so no other command waits for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError

from search.contract import Engine, EngineError
from search.engines import engines
from search.stamp import stamp

__all__ = ["check_indexes"]

_DOCS = "docs/operations/search-index.md"


def check_indexes(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """What is wrong with the index of each engine in use; what Django's framework calls."""
    return [message for engine in engines() for message in _faults(engine)] if databases else []


def _faults(engine: Engine) -> Iterator[CheckMessage]:
    try:
        found = engine.stamp()
    except EngineError as error:
        yield Warning(
            f"The search index can't be read: {error}",
            hint=f"See {_DOCS}#cmsw050",
            obj=engine.name,
            id="cms.W050",
        )
        return
    if found is not None and found != _wanted(found):
        yield Warning(
            "The search index was made by other code or with another glossary.",
            hint=f"The worker builds it anew, as `rebuild_search` does. See {_DOCS}#cmsw051",
            obj=engine.name,
            id="cms.W051",
        )


def _wanted(found: str) -> str:
    try:
        return stamp()
    except DatabaseError:  # before the glossary's tables are made
        return found
