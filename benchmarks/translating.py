"""Submits a section for translation and syncs it, counting: reads ``{"how": "ours"|"plain"}``.

Prints ``{"pages", "segments", "submit": {"queries", "seconds"}, "sync": {…}}``, per page but for
the number of pages. "plain" is wagtail-localize as it is installed, without anything of this
project's around it. All is undone at the end, so that both find the same site.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django

from benchmarks.queries import Counter


def forget_ours() -> None:
    """Takes out of this process what this project adds to wagtail-localize."""
    from django.db.models.signals import post_delete, post_save, pre_save
    from wagtail_localize.models import TranslationSource

    from cms.translation.syncing.extraction import plain_refresh_segments

    TranslationSource.refresh_segments = plain_refresh_segments
    for signal in (pre_save, post_save, post_delete):
        signal.receivers = [one for one in signal.receivers if one[0][0] != "cms.translation"]
        signal.sender_receivers_cache.clear()


def measure(pages: int, work: Callable[[], None]) -> dict[str, float]:
    """Queries and seconds for each page of some work."""
    from django.db import connection

    counter, began = Counter(), time.perf_counter()
    with connection.execute_wrapper(counter):
        work()
    seconds = time.perf_counter() - began
    return {"queries": round(counter.count / pages, 1), "seconds": round(seconds / pages, 4)}


def measure_all(how: str) -> dict[str, Any]:
    """Submits and syncs the site's plans."""
    from wagtail.models import Locale
    from wagtail_localize.models import StringSegment, TranslationSource
    from wagtail_localize.operations import TranslationCreator

    from cms.plugins.official_document.models import OfficialDocumentPage
    from cms.translation.syncing.completing import complete
    from cms.translation.syncing.submitting import submit, sync

    english, _ = Locale.objects.get_or_create(language_code="en")
    plans = list(OfficialDocumentPage.objects.order_by("path"))
    for plan in plans:
        # What these leave out, as content written by code does, ends plain wagtail-localize.
        content = {"body": json.dumps(list(plan.body.raw_data))}
        complete(OfficialDocumentPage, content)
        plan.body = json.loads(content["body"])
        plan.save()
    ids = [plan.pk for plan in plans]
    for above in plans[0].get_ancestors().filter(depth__gt=1):
        TranslationCreator(None, [english]).create_translations(above)

    def submit_plain() -> None:
        creator = TranslationCreator(None, [english])
        for plan in plans:
            creator.create_translations(plan)

    def sync_plain() -> None:
        for plan in plans:
            source = TranslationSource.objects.get_for_instance(plan)
            source.update_from_db()
            source.update_target_view_restrictions(english)

    submitted = measure(
        len(plans), submit_plain if how == "plain" else lambda: _all(submit(ids, [english]))
    )
    segments = StringSegment.objects.count() / len(plans)
    for plan in OfficialDocumentPage.objects.all():
        plan.body = [_renewed(dict(block)) for block in plan.body.raw_data]
        plan.save()
    synced = measure(len(plans), sync_plain if how == "plain" else lambda: _all(sync(ids)))
    return {
        "pages": len(plans),
        "segments": round(segments, 1),
        "submit": submitted,
        "sync": synced,
    }


def _all(outcome: Any) -> None:
    if outcome.failed:
        raise SystemExit(f"Failed: {outcome.failed}")


def _renewed(value: Any) -> Any:
    """Blocks with another text each: an addition behind every paragraph."""
    if isinstance(value, list):
        return [_renewed(one) for one in value]
    if isinstance(value, dict):
        return {key: _renewed(one) if key != "id" else one for key, one in value.items()}
    return value.replace("</p>", " (sửa)</p>") if isinstance(value, str) else value


def main() -> None:
    """Answer the question on standard input."""
    django.setup()
    from django.db import transaction

    question: dict[str, str] = json.load(sys.stdin)
    if question["how"] == "plain":
        forget_ours()
    with transaction.atomic():
        found = measure_all(question["how"])
        transaction.set_rollback(True)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
