"""Whether everything arrived that the change feed says must have."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from benchmarks.receiver import Request

__all__ = ["missing"]


def missing(
    found: Mapping[str, Any], requests: Sequence[Request], secrets: Mapping[str, str]
) -> list[str]:
    """What the database (``check``) says must have arrived, and did not; or wrongly."""
    problems: list[str] = []
    say = problems.append
    hooks = [one for one in requests if "webhook-id" in one.headers]
    arrived = Counter(one.headers["webhook-id"] for one in hooks)
    bodies = {(one.headers["webhook-id"], one.body) for one in hooks}
    purged = {
        tag for one in requests if one.method == "PURGE"
        for tag in one.headers["cache-tag"].split(",")
    }  # fmt: skip
    if found["waiting"]:
        say(f"not done: {found['waiting']}")
    if len(found["seqs"]) != found["latest"] - found["first"]:
        say("the feed has gaps")
    for name, seq in found["cursors"].items():
        if seq != found["latest"]:
            say(f"{name} has read up to {seq} of {found['latest']}")
    for endpoint, told in found["told"].items():
        if untold := sorted(set(found["seqs"]) - set(told)):
            say(f"endpoint {endpoint} has no message for {untold[:10]}")
    if lost := [one for one in found["messages"] if not arrived[one]]:
        say(f"{len(lost)} messages never arrived")
    if strange := set(arrived) - set(found["messages"]):
        say(f"{len(strange)} messages arrived that are in no log")
    if len(bodies) != len(arrived):
        say("one id came with two bodies")
    if never := set(found["tags"]) - purged:
        say(f"{len(never)} tags were never purged")
    fresh = time.time() - 200  # the library refuses what is older than five minutes
    for request in hooks:
        if int(request.headers["webhook-timestamp"]) < fresh:
            continue
        if not _is_signed(request, secrets.values()):
            say(f"{request.headers['webhook-id']} is badly signed")
    return problems


def _is_signed(request: Request, secrets: Iterable[str]) -> bool:
    for secret in secrets:
        try:
            Webhook(secret).verify(request.body, dict(request.headers))
        except WebhookVerificationError:
            continue
        return True
    return False
