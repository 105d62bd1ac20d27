"""When a stored document may be served as it is."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache

import orjson
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from cms.pages.models import PublishedDocument
from cms.pages.schemas import page_schemas

__all__ = ["BUILDER_VERSION", "fingerprint", "is_fresh", "needs_rebuild"]

BUILDER_VERSION = 2
"""Raised when the builder's output changes shape: every stored document is then rebuilt."""


def fingerprint() -> str:
    """A digest of all that shapes documents: a row built under another one is stale."""
    return _fingerprint(tuple(sorted(settings.CMS_DISABLED_PLUGINS)))


@lru_cache(maxsize=8)
def _fingerprint(disabled: tuple[str, ...]) -> str:
    shape = {
        "version": BUILDER_VERSION,
        "schemas": page_schemas(include_disabled=True),
        "disabled": disabled,
        "locale": settings.LANGUAGE_CODE,
        "presets": settings.CMS_IMAGE_PRESETS,
    }
    dumped = orjson.dumps(shape, option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(dumped, digest_size=8).hexdigest()


def is_fresh(row: PublishedDocument, now: datetime | None = None) -> bool:
    """Whether the row may be served without a rebuild."""
    if row.stale or row.fingerprint != fingerprint():
        return False
    return row.rebuild_at is None or row.rebuild_at > (now or timezone.now())


def needs_rebuild(now: datetime | None = None) -> Q:
    """The same question as a condition on rows."""
    due = Q(rebuild_at__lte=now or timezone.now())
    return Q(stale=True) | due | ~Q(fingerprint=fingerprint())
