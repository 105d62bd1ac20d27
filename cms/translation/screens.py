"""A page of the admin that belongs to translating, with the path to it in its header."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

__all__ = ["TranslationScreen"]


class TranslationScreen(WagtailAdminTemplateMixin):
    """Wagtail's header shows the last step of the path as the title: without one, it is "Home"."""

    header_icon = "wagtail-localize-language"

    def get_parent_item(self) -> dict[str, str]:
        """What the page belongs to: the dashboard, unless said otherwise."""
        url = reverse("translation_dashboard:index")
        return {"url": url, "label": gettext("Translation progress")}

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        title, subtitle = str(self.get_page_title()), str(self.get_page_subtitle())
        here = {"url": "", "label": title, "sublabel": subtitle}
        return [*super().get_breadcrumbs_items(), self.get_parent_item(), here]
