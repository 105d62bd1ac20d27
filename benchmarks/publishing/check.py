"""``… check SEQ``: what stands in the database of everything after that entry, as JSON."""

from __future__ import annotations

import json
import sys
from collections import defaultdict

import django


def main() -> None:
    """Read the feed, the followers' cursors and the log of webhooks."""
    django.setup()
    from cms.changes.feed import latest_seq
    from cms.changes.models import Change, Failure, FollowerCursor, WebhookDelivery
    from cms.changes.tags import header_tag
    from cms.changes.webhooks.models import State
    from cms.changes.worker import registered_followers

    first = int(sys.argv[1])
    entries = Change.objects.filter(seq__gt=first)
    names = [one.name for one in registered_followers()]
    cursors = dict(FollowerCursor.objects.filter(name__in=names).values_list("name", "seq"))
    messages = WebhookDelivery.objects.filter(seq__gt=first)
    told = defaultdict(list)
    for endpoint, seq in messages.values_list("endpoint_id", "seq"):
        told[endpoint].append(seq)
    waiting = {
        "without a number": Change.objects.filter(seq=None).count(),
        "not delivered": messages.exclude(state=State.DELIVERED).count(),
        "failures": Failure.objects.count(),
        "behind": sum(seq < latest_seq() for seq in cursors.values()),
    }
    json.dump(
        {
            "first": first,
            "latest": latest_seq(),
            "seqs": list(entries.order_by("seq").values_list("seq", flat=True)),
            "tags": sorted({header_tag(tag) for one in entries for tag in one.tags}),
            "cursors": {name: cursors.get(name, -1) for name in names},
            "told": told,
            "messages": list(messages.values_list("message_id", flat=True)),
            "waiting": {name: count for name, count in waiting.items() if count},
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
