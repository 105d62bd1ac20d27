"""Documents that a client names by their hash in place of sending them.

Automatic persisted queries (Apollo's protocol): a client sends the hash; where it isn't known, the
text with it once. They stand in a table that all processes share, and those that weren't used for
longest make room. Trusted documents: the operator gives a manifest, and nothing else is executed.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import orjson
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from cms.delivery.graphql.errors import Refused
from cms.delivery.graphql.models import PersistedQuery

__all__ = ["digest", "find", "load_manifest", "register", "trusted"]

_TOUCHED_AFTER = timedelta(hours=1)
"""How exactly it is known when a query was used last: each use would be a write otherwise."""


def digest(text: str) -> str:
    """The hash that names a document: SHA-256 of its UTF-8, in lower-case hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def find(sha256: str) -> str:
    """The text of a registered document; raises Refused where there is none.

    No query where this process has seen the document within the hour.
    """
    if not settings.CMS_GRAPHQL_PERSISTED:
        raise Refused("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported", status=200)
    now = timezone.now()
    return _find(sha256, int(now.timestamp() // _TOUCHED_AFTER.total_seconds()))


@lru_cache(maxsize=1_000)
def _find(sha256: str, hour: int) -> str:
    """``hour`` makes each process look again, and say that the document is in use, once an hour."""
    row = PersistedQuery.objects.filter(pk=sha256).first()
    if row is None:
        raise Refused("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound", status=200)
    if row.used_at < timezone.now() - _TOUCHED_AFTER:
        PersistedQuery.objects.filter(pk=sha256).update(used_at=timezone.now())
    return row.text


def register(sha256: str, text: str) -> None:
    """Keeps a document that is valid under its own hash."""
    most: int = settings.CMS_GRAPHQL_PERSISTED
    if not most or PersistedQuery.objects.filter(pk=sha256).exists():
        return
    PersistedQuery.objects.bulk_create(
        [PersistedQuery(sha256=sha256, text=text, used_at=timezone.now())], ignore_conflicts=True
    )
    kept = PersistedQuery.objects.order_by("-used_at", "pk").values_list("pk", flat=True)
    old = list(kept[most : most + 100])
    if old:
        PersistedQuery.objects.filter(pk__in=old).delete()


# --- Trusted documents ----------------------------------------------------------------------------


def trusted() -> dict[str, str] | None:
    """The operator's manifest, hash → text; None where anything valid is executed."""
    path: Path | None = settings.CMS_GRAPHQL_DOCUMENTS
    return None if path is None else load_manifest(Path(path))


@lru_cache(maxsize=4)
def load_manifest(path: Path) -> dict[str, str]:
    """The manifest; raises ImproperlyConfigured where it can't be read or is no such object."""
    try:
        manifest = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise ImproperlyConfigured(f"CMS_GRAPHQL_DOCUMENTS: {path.name}: {error}") from None
    if not isinstance(manifest, dict) or not all(isinstance(v, str) for v in manifest.values()):
        raise ImproperlyConfigured(f"CMS_GRAPHQL_DOCUMENTS: {path.name} isn't {{hash: query}}.")
    return manifest
