"""What the kill test has a site set up with, and what it looks at in the end."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

__all__ = ["check", "prepare"]


def prepare(url: str) -> dict[str, Any]:
    """Makes two webhooks to that address; returns their secrets, the feed's end, public titles."""
    from wagtail.models import Page

    from cms.changes.feed import latest_seq, number_changes
    from cms.changes.models import WebhookEndpoint
    from cms.changes.webhooks.secrets import decrypt

    number_changes()
    made = [WebhookEndpoint.objects.create(name=name, url=url) for name in ("Một", "Hai")]
    secrets = {str(one.pk): decrypt(one.secret) for one in made}
    pages = Page.objects.filter(numchild=0, depth__gt=2)
    public = dict(pages.live().public().values_list("pk", "title"))
    return {
        "secrets": secrets,
        "first": latest_seq(),
        "pages": [(pk, public.get(pk)) for pk in pages.values_list("pk", flat=True)],
    }


def check(first: str) -> dict[str, Any]:
    """What stands in the database of everything after that entry of the feed."""
    from cms.changes.feed import latest_seq
    from cms.changes.models import Change, Failure, FollowerCursor, WebhookDelivery
    from cms.changes.tags import header_tag
    from cms.changes.webhooks.models import State
    from cms.changes.worker import registered_followers

    entries = Change.objects.filter(seq__gt=int(first))
    names = [one.name for one in registered_followers()]
    cursors = dict(FollowerCursor.objects.filter(name__in=names).values_list("name", "seq"))
    messages = WebhookDelivery.objects.filter(seq__gt=int(first))
    told: dict[int, list[int | None]] = defaultdict(list)
    for endpoint, seq in messages.values_list("endpoint_id", "seq"):
        told[endpoint].append(seq)
    waiting = {
        "without a number": Change.objects.filter(seq=None).count(),
        "not delivered": messages.exclude(state=State.DELIVERED).count(),
        "failures": Failure.objects.count(),
        "behind": sum(seq < latest_seq() for seq in cursors.values()),
    }
    return {
        "first": int(first),
        "latest": latest_seq(),
        "seqs": list(entries.order_by("seq").values_list("seq", flat=True)),
        "tags": sorted({header_tag(tag) for one in entries for tag in one.tags}),
        "cursors": {name: cursors.get(name, -1) for name in names},
        "told": told,
        "messages": list(messages.values_list("message_id", flat=True)),
        "waiting": {name: count for name, count in waiting.items() if count},
    }
