"""Roles in the admin: for superusers alone, since they hand out rights to pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.translation.roles.models import TranslatorRole

__all__ = ["TranslatorRoleViewSet"]


class RoleForm(WagtailAdminModelForm):
    """Makes a group for the role where none is chosen."""

    group = forms.ModelChoiceField(
        Group.objects.order_by("name"),
        required=False,
        label=_("Group"),
        empty_label=_("A new group of its own"),
        help_text=TranslatorRole._meta.get_field("group").help_text,
    )

    def save(self, commit: bool = True) -> Any:
        with transaction.atomic():
            if self.cleaned_data["group"] is None:
                self.instance.group = _new_group(self.instance)
            return super().save(commit)


def _new_group(role: TranslatorRole) -> Group:
    locales = f"{role.source_locale.language_code} → {role.target_locale.language_code}"
    name = f"{role.section.title[:120]} ({locales})"
    taken = set(Group.objects.filter(name__startswith=name).values_list("name", flat=True))
    names = [name, *(f"{name} {number}" for number in range(2, len(taken) + 2))]
    return Group.objects.create(name=next(one for one in names if one not in taken))


class RoleIndexView(IndexView):
    """Who translates what."""

    default_ordering = "group__name"

    def get_base_queryset(self) -> QuerySet[TranslatorRole]:
        rows = TranslatorRole.objects.select_related("group", "section__locale", "target_locale")
        return rows.annotate(people=Count("group__user"))


def _pair(role: TranslatorRole) -> str:
    return f"{role.source_locale.get_display_name()} → {role.target_locale.get_display_name()}"


class TranslatorRoleViewSet(ModelViewSet):
    """Roles, below the settings."""

    model = TranslatorRole
    name = "translator_roles"
    icon = "group"
    menu_label = _("Translator roles")
    menu_order = 620
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = RoleIndexView
    list_display = (
        "group",
        Column("section", label=pgettext_lazy("translation", "Section"), accessor="section.title"),
        Column("languages", label=_("Languages"), accessor=_pair),
        BooleanColumn("may_publish", label=_("May publish")),
        Column("people", label=_("People")),
    )
    edit_handler = ObjectList(
        [
            PageChooserPanel("section"),
            FieldPanel("target_locale"),
            FieldPanel("may_publish"),
            FieldPanel("group"),
        ],
        base_form_class=RoleForm,
    )

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """None: a group that could write roles could give itself every page."""
        return Permission.objects.none()
