"""The forms of a page's translation tools."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page

from cms.translation.exchange.formats import FORMATS

__all__ = ["ExportForm", "ToolsForm", "UploadForm"]


class ToolsForm(forms.Form):
    """Which translations of a page are meant."""

    locale = forms.ModelChoiceField(
        Locale.objects.none(), to_field_name="language_code", label=_("Into"), empty_label=None
    )
    below = forms.BooleanField(
        required=False, initial=True, label=_("With all pages below this one")
    )

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        locales = Locale.objects.exclude(pk=page.locale_id).order_by("language_code")
        field = cast("forms.ModelChoiceField[Locale]", self.fields["locale"])
        field.queryset = locales


class ExportForm(ToolsForm):
    """The same, and the kind of file."""

    format = forms.ChoiceField(
        choices=[(name, one.label) for name, one in FORMATS.items()], label=_("Format")
    )
    only_untranslated = forms.BooleanField(
        required=False, label=_("Only what is not translated yet")
    )


class UploadForm(forms.Form):
    """A file that came back."""

    file = forms.FileField(label=_("File"), help_text=_("XLIFF 1.2, XLIFF 2.0 or PO."))
