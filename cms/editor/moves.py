"""Where a page may be put: what the admin says when a section does not take it.

The rules themselves are the pages' own (`ContentPage.can_move_to`); Wagtail's answer to a breach
of them is "permission denied", from which nobody learns what would be allowed.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.models import Page

__all__ = ["explain_refused_move"]


def explain_refused_move(
    request: HttpRequest, page: Page, destination: Page
) -> HttpResponse | None:
    """Hook `before_move_page`: back to the choice, with the reason, where the move is not allowed.

    Returns None, which lets the move go on, for an allowed one. Who lacks the permission to move
    is still answered by Wagtail.
    """
    page = page.specific
    destination = destination.specific
    if page.can_move_to(destination) and not _is_within(destination, page):
        return None
    messages.error(request, _reason(page, destination))
    return redirect("wagtailadmin_pages:move", page.pk)


def _reason(page: Page, destination: Page) -> str:
    words = {
        "page": page.get_admin_display_title(),
        "type": page._meta.verbose_name,
        "destination": destination.get_admin_display_title(),
    }
    if _is_within(destination, page):
        return gettext("%(page)s can't be moved below itself.") % words
    if not destination.is_root() and destination.locale_id != page.locale_id:
        return gettext("%(page)s and %(destination)s are of different languages.") % words
    allowed = [
        model for model in destination.allowed_subpage_models() if _takes(destination, model)
    ]
    if not allowed:
        return gettext("%(destination)s takes no pages below it.") % words
    words["allowed"] = ", ".join(str(model._meta.verbose_name) for model in allowed)
    return (
        gettext(
            "%(page)s is of the type %(type)s, which %(destination)s does not take. "
            "It takes: %(allowed)s."
        )
        % words
    )


def _is_within(page: Page, other: Page) -> bool:
    return bool(page.pk == other.pk or page.is_descendant_of(other))


def _takes(destination: Page, model: type[Page]) -> bool:
    return bool(model.can_create_at(destination))
