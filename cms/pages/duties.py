"""What becomes due with time: publishing, expiry, documents that have grown stale."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.changes.duties import Duty
from cms.pages.publishing import rebuild, stale_documents

__all__ = ["ExpirePages", "PublishScheduled", "RebuildStale"]


class PublishScheduled(Duty):
    """Publishes revisions whose time has come, the longest due first."""

    name = "publish_scheduled"

    def due(self) -> Iterable[str]:
        revisions = Revision.objects.filter(approved_go_live_at__lte=timezone.now())
        ids = revisions.order_by("approved_go_live_at", "pk").values_list("pk", flat=True)
        return [f"revision:{pk}" for pk in ids]

    @transaction.atomic
    def run(self, key: str) -> bool:
        """In one transaction: the revision is published, or still scheduled (F4, F5)."""
        due = Revision.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            pk=_id(key), approved_go_live_at__lte=timezone.now()
        )
        revision = due.first()
        if revision is None:
            return False
        revision.publish(log_action="wagtail.publish.scheduled")
        return True


class ExpirePages(Duty):
    """Unpublishes pages whose time is over; readers stopped seeing them at that very second."""

    name = "expire_pages"

    def due(self) -> Iterable[str]:
        over = Page.objects.filter(live=True, expire_at__lte=timezone.now())
        return [
            f"page:{pk}" for pk in over.order_by("expire_at", "pk").values_list("pk", flat=True)
        ]

    @transaction.atomic
    def run(self, key: str) -> bool:
        due = Page.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            pk=_id(key), live=True, expire_at__lte=timezone.now()
        )
        page = due.first()
        if page is None:
            return False
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        return True


class RebuildStale(Duty):
    """Rebuilds stale documents before a reader has to wait for it."""

    name = "rebuild_stale"

    def due(self) -> Iterable[str]:
        return [f"document:{pk}" for pk in stale_documents()]

    def run(self, key: str) -> bool:
        return rebuild(_id(key))


def _id(key: str) -> int:
    return int(key.partition(":")[2])
