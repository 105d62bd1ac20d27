"""The rows of what is told to other programs: feeds, the map, changes, webhooks."""

from __future__ import annotations

from collections.abc import Iterator

from tests.visibility.asking import Ask, get, messages
from tests.visibility.axes import Way
from tests.visibility.combining import both, every, known, path_of
from tests.visibility.lists import type_of
from tests.visibility.subjects import Subject
from tests.visibility.table import Row

__all__ = ["ROWS"]


FORMS = ("rss", "atom", "json")


def _feed(subject: Subject) -> Iterator[Ask]:
    for form in FORMS:
        yield get(f"feeds/{form}", type=type_of(subject), limit=100)
        yield get(f"feeds/{form}", type=type_of(subject), limit=100, locale="en")


def _feed_of_section(subject: Subject) -> Iterator[Ask]:
    if subject.section is not None:
        for form in FORMS:
            path = path_of(subject.section)
            yield get(f"feeds/{form}", within=path, twin=get(f"feeds/{form}", within="/khong/"))


FEED = Row(
    "api-feed",
    "A section's newest pages, in one order: there are no filters, no sort keys and no total.",
    {
        Way.FEED: _feed,
        Way.PARENT: _feed_of_section,
        Way.ERROR: every(lambda: [get(f"feeds/{form}", cursor="x") for form in FORMS]),
        Way.NOT_MODIFIED: known(_feed),
        Way.HOT: both(_feed, _feed_of_section),
    },
)

_MAP = every(lambda: [get("sitemap.xml")])

SITEMAP = Row(
    "api-sitemap",
    "Every public address; its translations stand beside it.",
    {
        Way.SITEMAP: _MAP,
        Way.TRANSLATION: _MAP,
        Way.ERROR: every(lambda: [get("sitemap.xml", part="x"), get("sitemap.xml", part=99)]),
        Way.NOT_MODIFIED: known(_MAP),
        Way.HOT: _MAP,
    },
)

_CHANGES = every(lambda: [get("changes", limit=1000, is_tombstone=True)])

CHANGES = Row(
    "api-changes",
    "What changed, in the one order of its numbers. It is never kept: the hot path hands it on.",
    {
        Way.CHANGES: _CHANGES,
        Way.ERROR: every(lambda: [get("changes", since=10**9), get("changes", since="x")]),
    },
    also=every(lambda: [get("changes", within="/tin-tuc/", limit=1000, is_tombstone=True)]),
)

WEBHOOK = Row(
    "webhook",
    "A message is sent, and not asked for: it says what `GET /changes` says of one entry.",
    {Way.WEBHOOK: every(lambda: [messages()])},
)

ROWS = [FEED, SITEMAP, CHANGES, WEBHOOK]
