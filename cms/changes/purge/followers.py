"""The followers that tell caches: one for each, so that one that is away holds no other up."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from cms.changes.followers import Follower
from cms.changes.models import Change
from cms.changes.purge.caches import Cache, Changed, read_caches
from cms.changes.tags import header_tag

__all__ = ["PurgeFollower", "purge_followers"]


class PurgeFollower(Follower):
    """Has a cache forget what a batch of changes touches, in as few requests as it takes.

    It never gives up: an entry that were left out would leave withdrawn content in the cache. While
    the cache is away, entries gather and go out together.
    """

    most = 200
    gives_up = False
    asks_servers = True

    def __init__(self, name: str, cache: Cache) -> None:
        self.name = f"purge-{name}"
        self._cache = cache

    def follow(self, change: Change) -> None:
        self.follow_all([change])

    def follow_all(self, changes: Sequence[Change]) -> None:
        tags = {header_tag(tag) for change in changes for tag in change.tags}
        pages = {one.object_id for one in changes if f"page:{one.object_id}" in one.tags}
        paths = {path for one in changes for path in (one.path, one.previous_path) if path}
        self._cache.forget(
            Changed(sorted(tags), sorted(pk for pk in pages if pk is not None), sorted(paths))
        )


def purge_followers() -> list[PurgeFollower]:
    """A follower for each cache in ``CMS_PURGE``; raises ImproperlyConfigured."""
    return [PurgeFollower(name, cache) for name, cache in read_caches(settings.CMS_PURGE).items()]
