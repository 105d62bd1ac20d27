"""What a translator's right to change translated pages does not cover: deleting them.

Wagtail lets whoever may change a page delete it, as long as it is a draft or the user may publish.
A role is for translating, so a right that comes from roles alone does not delete, in the page's own
view or in bulk.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.translation.roles.models import TranslatorRole

__all__ = ["refuse_bulk_deleting", "refuse_deleting"]


def refuse_deleting(request: HttpRequest, page: Page) -> None:
    """Hook `before_delete_page`. Raises PermissionDenied."""
    _refuse(request.user, [page])


def refuse_bulk_deleting(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> None:
    """Hook `before_bulk_action`. Raises PermissionDenied."""
    if action_type == "delete":
        _refuse(request.user, [one for one in objects if isinstance(one, Page)])


def _refuse(user: Any, pages: Iterable[Page]) -> None:
    if user.is_superuser:
        return
    roles = TranslatorRole.objects.filter(group__user=user)
    groups = set(roles.values_list("group_id", flat=True))
    if not groups:
        return
    rights = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    own = tuple(row.page.path for row in rights if row.group_id not in groups)
    if any(not page.path.startswith(own) for page in pages):
        raise PermissionDenied
