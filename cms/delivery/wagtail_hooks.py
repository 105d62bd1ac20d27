"""Menus and access tokens in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.delivery.access.admin import ApiTokenViewSet, token_permissions
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
hooks.register("register_admin_viewset", ApiTokenViewSet)
hooks.register("register_permissions", token_permissions)
