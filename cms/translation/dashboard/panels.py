"""What the admin's home page and menu show to translators."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from cms.translation.dashboard.matrix import load_matrix
from cms.translation.dashboard.todo import todo_items
from cms.translation.roles.reach import Reach, reach_of

__all__ = ["add_translation_panel", "translation_menu_item"]


class TranslationPanel(Component):
    """A translator's own open work."""

    name = "translation_work"
    order = 60
    template_name = "translation/dashboard/panel.html"

    def __init__(self, reach: Reach) -> None:
        self.reach = reach

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        index_url = reverse("translation_dashboard:index")
        total = load_matrix(self.reach).total
        return {"todo": todo_items(total, index_url), "index_url": index_url}


def add_translation_panel(request: HttpRequest, panels: list[Any]) -> None:
    """Hook `construct_homepage_panels`: for those who have a translator's role."""
    reach = reach_of(request.user)
    if reach.sections:
        panels.append(TranslationPanel(reach))


class _TranslationMenuItem(MenuItem):
    """The entry of the dashboard, for those who have something to see in it."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(reach_of(request.user))


def translation_menu_item() -> MenuItem:
    """Hook `register_admin_menu_item`."""
    return _TranslationMenuItem(
        _("Translation"),
        reverse("translation_dashboard:index"),
        name="translation",
        icon_name="wagtail-localize-language",
        order=305,
    )
