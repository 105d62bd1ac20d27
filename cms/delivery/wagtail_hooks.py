"""The menus in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.delivery.models import Menu


class MenuViewSet(SnippetViewSet):
    """Listing and editing of menus."""

    model = Menu
    icon = "list-ul"
    menu_label = _("Menus")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ("title", "handle")


register_snippet(MenuViewSet)
