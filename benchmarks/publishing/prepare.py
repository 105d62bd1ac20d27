"""``… prepare URL``: two webhooks to that address; prints their secrets and the feed's end."""

from __future__ import annotations

import json
import sys

import django


def main() -> None:
    """Make the webhooks."""
    django.setup()
    from cms.changes.feed import latest_seq, number_changes
    from cms.changes.models import WebhookEndpoint
    from cms.changes.webhooks.secrets import decrypt

    number_changes()
    made = [WebhookEndpoint.objects.create(name=name, url=sys.argv[1]) for name in ("Một", "Hai")]
    secrets = {str(one.pk): decrypt(one.secret) for one in made}
    json.dump({"secrets": secrets, "first": latest_seq()}, sys.stdout)


if __name__ == "__main__":
    main()
