"""The form of a webhook: which changes it is told of, chosen from what there is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from cms.changes.models import Change, WebhookEndpoint
from cms.pages.models import PortalDocument, PortalImage
from cms.plugins.registry import registry
from cms.vietnamese.collation import sort_key

__all__ = ["WebhookForm", "type_choices"]

_OTHERS = {"menu": _("menu"), "site": _("site facts"), "collection": _("collection")}


def type_choices() -> list[tuple[str, str]]:
    """Every type that a change may be about: pages, shared records, media, and what was seen."""
    known = [*registry.pages(), *registry.snippets()]
    labels = {one.name: str(one.model._meta.verbose_name) for one in known}
    labels |= {one.tag_name: str(one._meta.verbose_name) for one in (PortalImage, PortalDocument)}
    labels |= {name: str(label) for name, label in _OTHERS.items()}
    labels = {name: capfirst(label) for name, label in labels.items()}
    for name in Change.objects.order_by().values_list("type", flat=True).distinct():
        labels.setdefault(name, name)
    return sorted(labels.items(), key=lambda choice: sort_key(choice[1]))


class WebhookForm(WagtailAdminModelForm):
    """Types and languages as boxes to tick, the section as a path."""

    types = forms.MultipleChoiceField(
        label=_("Content types"),
        help_text=_("None chosen: all."),
        choices=type_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    locales = forms.MultipleChoiceField(
        label=_("Languages"),
        help_text=_("None chosen: all."),
        choices=settings.WAGTAIL_CONTENT_LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = WebhookEndpoint
        fields = ("name", "url", "is_active", "types", "within", "locales")

    def clean_within(self) -> str:
        """A public path with a slash at both ends, or nothing."""
        path = str(self.cleaned_data["within"]).strip()
        return f"/{path.strip('/')}/" if path.strip("/") else ""

    def save(self, commit: bool = True) -> Any:
        """Saves; one that is put into use again is no longer "gone"."""
        if self.instance.is_active:
            self.instance.gone_at = None
        if "url" in self.changed_data:  # another server: what is known of the old one is void
            self.instance.failures, self.instance.retry_at = 0, None
        return super().save(commit)
