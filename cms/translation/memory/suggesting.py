"""Asks the memory: what a text like this one was translated as."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Count
from rapidfuzz import fuzz, process
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation

from cms.translation.memory.models import MemoryEntry, MemoryKey, MemorySource
from cms.translation.memory.texts import comparable, keys_of, lengths_like

__all__ = ["LEAST_LIKENESS", "Suggestion", "exact_wordings", "suggest"]

LEAST_LIKENESS: Final = 70
"""Percent; below it a suggestion costs a translator more than it saves."""

_CANDIDATES: Final = 150
_EXACT: Final = 100
_ALMOST: Final = 99  # the same words with other codes, or other capitals


type Readable = Callable[[Collection[UUID]], Collection[UUID]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A wording from elsewhere.

    ``likeness`` is that of the sources, in percent; 100 means the very same text, codes included.
    """

    source: str
    wording: str
    likeness: int
    object_key: UUID
    path: str
    is_machine: bool
    tool: str
    user_id: int | None
    used_at: datetime
    current: bool


@dataclass(frozen=True, slots=True)
class _Like:
    string_id: int
    source: str
    likeness: int


def suggest(
    source: str,
    source_locale: Locale,
    target_locale: Locale,
    *,
    threshold: int = LEAST_LIKENESS,
    limit: int = 5,
    readable: Readable | None = None,
) -> list[Suggestion]:
    """Wordings of a segment's text and of texts like it: the likest first, each wording once.

    Among equals, what stands on a page today comes before what stood there, a person's work before
    a machine's, and the latest first. ``readable`` says of which pages the texts may be shown. At
    most 5 queries besides its own, whatever the memory holds.
    """
    likes = {like.string_id: like for like in _find(source, source_locale, threshold)}
    entries = list(MemoryEntry.objects.filter(string_id__in=likes, locale=target_locale))
    if readable is not None:
        allowed = readable({entry.object_key for entry in entries})
        entries = [entry for entry in entries if entry.object_key in allowed]
    found = [_suggestion(entry, likes[entry.string_id]) for entry in entries]
    found.sort(key=_rank)
    seen: set[str] = set()
    chosen = []
    for suggestion in found:
        if suggestion.wording not in seen:
            seen.add(suggestion.wording)
            chosen.append(suggestion)
    return chosen[:limit]


def exact_wordings(
    string_ids: Collection[int], target_locale: Locale, readable: Readable | None = None
) -> dict[int, list[MemoryEntry]]:
    """The current wordings of these very texts, a person's where there are any; one query."""
    entries = MemoryEntry.objects.filter(
        string_id__in=string_ids, locale=target_locale, current=True
    ).order_by("-used_at", "pk")
    allowed = None if readable is None else readable({entry.object_key for entry in entries})
    found: dict[int, list[MemoryEntry]] = {}
    for entry in entries:
        if allowed is not None and entry.object_key not in allowed:
            continue
        found.setdefault(entry.string_id, []).append(entry)
    machine = StringTranslation.TRANSLATION_TYPE_MACHINE
    return {
        string_id: [entry for entry in wordings if entry.kind != machine] or wordings
        for string_id, wordings in found.items()
    }


def _find(source: str, locale: Locale, threshold: int) -> list[_Like]:
    """The source texts that are like this one."""
    text = comparable(source)
    own = String.objects.filter(locale=locale, data_hash=String._get_data_hash(source)).first()
    likes = {} if own is None else {own.pk: _Like(own.pk, source, _EXACT)}
    candidates = dict(_candidates(text, locale, threshold / 100))
    matches = process.extract(
        text, candidates, scorer=fuzz.ratio, score_cutoff=threshold, limit=_CANDIDATES
    )
    likeness = {key: min(int(score), _ALMOST) for _text, score, key in matches}
    data = String.objects.filter(pk__in=likeness).values_list("pk", "data")
    for string_id, html in data:
        likes.setdefault(string_id, _Like(string_id, html, likeness[string_id]))
    return list(likes.values())


def _candidates(text: str, locale: Locale, threshold: float) -> list[tuple[int, str]]:
    """The texts that share most pairs of words with this one and have a length like its own."""
    keys = keys_of(text, locale.language_code)
    shared = (
        MemoryKey.objects.filter(key__in=keys, length__range=lengths_like(len(text), threshold))
        .values("source")
        .annotate(shared=Count("pk"))
        .order_by("-shared", "source")
        .values_list("source", flat=True)[:_CANDIDATES]
    )
    return list(MemorySource.objects.filter(pk__in=list(shared)).values_list("pk", "text"))


def _suggestion(entry: MemoryEntry, like: _Like) -> Suggestion:
    return Suggestion(
        source=like.source,
        wording=entry.wording,
        likeness=like.likeness,
        object_key=entry.object_key,
        path=entry.path,
        is_machine=entry.kind == StringTranslation.TRANSLATION_TYPE_MACHINE,
        tool=entry.tool,
        user_id=entry.user_id,
        used_at=entry.used_at,
        current=entry.current,
    )


def _rank(suggestion: Suggestion) -> tuple[int, bool, bool, float]:
    return (
        -suggestion.likeness,
        not suggestion.current,
        suggestion.is_machine,
        -suggestion.used_at.timestamp(),
    )
