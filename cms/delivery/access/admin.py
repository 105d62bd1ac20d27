"""Access tokens in the admin: the secret is shown once, on the page that follows its creation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
)
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet

from cms.delivery.access.tokens import new_secret
from cms.delivery.models import ApiToken, Reach

__all__ = ["ApiTokenViewSet", "token_permissions"]


class ApiTokenForm(WagtailAdminModelForm):
    """Checks what the fields can't check alone."""

    locales = forms.MultipleChoiceField(
        label=_("Languages"),
        help_text=_("None chosen: every language."),
        choices=settings.WAGTAIL_CONTENT_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean(self) -> Any:
        """Sections belong to a token for sections, which has at least one."""
        cleaned = super().clean()
        forms_of_sections = self.formsets["sections"].forms if hasattr(self, "formsets") else []
        chosen = [
            form
            for form in forms_of_sections
            if form.has_changed() or form.instance.pk
            if not form.data.get(form.add_prefix("DELETE"))
        ]
        if cleaned.get("reach") == Reach.SECTIONS and not chosen:
            self.add_error("reach", _("Choose the sections, or let it read the whole portal."))
        if cleaned.get("reach") == Reach.EVERYWHERE and chosen:
            self.add_error("reach", _("Sections are chosen, yet it would read the whole portal."))
        return cleaned


class ApiTokenCreateView(CreateView):
    """Makes the secret, and shows it in the answer to the form: it is stored nowhere."""

    secret = ""

    def save_instance(self) -> ApiToken:
        """Saves the token with its secret's digest."""
        token: ApiToken = self.form.instance
        self.secret, token.prefix, token.digest = new_secret()
        token.created_by = self.request.user
        return super().save_instance()  # type: ignore[no-any-return]

    def save_action(self) -> HttpResponse:
        """The page with the secret, which no cache and no history keeps."""
        context = {
            "token": self.object,
            "secret": self.secret,
            "index_url": reverse(self.index_url_name),
        }
        response = render(self.request, "access/created.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response


class ApiTokenViewSet(ModelViewSet):
    """Listing, creating, editing, revoking and deleting access tokens."""

    model = ApiToken
    name = "api-tokens"
    url_prefix = "api-tokens"
    icon = "key"
    menu_label = _("Access tokens")
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    add_view_class = ApiTokenCreateView
    search_fields = ("name", "prefix")
    list_filter = ("revoked", "reads_drafts")
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            MultiFieldPanel(
                [
                    FieldPanel("reads_drafts"),
                    FieldPanel("reach"),
                    InlinePanel("sections", label=_("section"), panels=[PageChooserPanel("page")]),
                    FieldPanel("locales"),
                ],
                heading=_("What it reads"),
            ),
            FieldPanel("allowed_origins"),
            FieldRowPanel([FieldPanel("expires_at"), FieldPanel("rate_limit")]),
            FieldPanel("revoked"),
        ],
        base_form_class=ApiTokenForm,
    )

    @property
    def list_display(self) -> list[Any]:
        """The columns; a new list each time, since Wagtail changes them for a request."""
        return [
            "name",
            "prefix",
            BooleanColumn("is_valid", label=_("Valid")),
            BooleanColumn("reads_drafts", label=_("Drafts")),
            DateColumn("expires_at", label=_("Valid until"), sort_key="expires_at"),
            DateColumn("last_used_at", label=_("Last used"), sort_key="last_used_at"),
            "created_by",
        ]


def token_permissions() -> QuerySet[Permission]:
    """The rights to see to access tokens, for the form of a group."""
    return Permission.objects.filter(
        content_type__app_label="delivery", content_type__model="apitoken"
    )
