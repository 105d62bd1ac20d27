"""What editors do to several images or files at once, by a query that saves none of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from cms.changes.models import Reason
from cms.pages.models import PortalDocument, PortalImage
from cms.pages.stale import touch


def on_bulk_action(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: object
) -> None:
    """Media that went to another collection may be private now; in the action's transaction."""
    if action_type != "add_to_collection":
        return
    for medium in objects:
        if isinstance(medium, PortalImage | PortalDocument):
            touch(medium.tag_name, medium.pk, [medium.tag], Reason.UPDATE)


hooks.register("after_bulk_action", on_bulk_action)
