"""The panel as Wagtail knows panels: a toggle in the header, a width that stays, a place to be."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.plugins.registry import registry
from cms.translation.segments import source_of
from cms.vietnamese.legal_notices import unofficial_notice

__all__ = ["TranslationSidePanel"]


class TranslationSidePanel(BaseSidePanel):
    """Memory, terms and warnings for the segment that is being translated."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Its number is that of the segments that somebody should look at."""

        aria_label = _("Toggle translation help")
        icon_name = "wagtail-localize-language"
        counter_classname = "w-bg-critical-200"

    name = "translation"
    title = _("Translation help")
    template_name = "translation/side_panel.html"
    order = 50

    def __init__(self, instance: Any, request: HttpRequest, translation: Translation) -> None:
        super().__init__(instance, request)
        self.translation = translation

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        source, target = self.translation.source.locale, self.translation.target_locale
        return context | {
            # wagtail-localize shows all panels a second time, below the header that has them: that
            # copy never opens, and ours would be there twice.
            "is_copy": parent_context.get("in_explorer", False),
            "csrf_token": get_token(self.request),  # a component gets nothing of the page's context
            "source_locale": source,
            "target_locale": target,
            "look_up_url": reverse("translation_memory"),
            "check_url": reverse("translation_check"),
            "marks_url": reverse("translation_marks", args=[self.translation.pk]),
            "notice": self._notice(),
            "source_id": self._source_id(),
        }

    def _notice(self) -> str | None:
        """What the translation will say of itself: a type declares that its text is law."""
        model = self.translation.source.specific_content_type.model_class()
        kind = registry.for_model(model)
        if kind is None or "unofficial_notice" not in {field.name for field in kind.exposed_fields}:
            return None
        return unofficial_notice(self.translation.target_locale.language_code)

    def _source_id(self) -> int | None:
        """The page that is translated from; shared records have no place to be read."""
        source = source_of(self.object) if isinstance(self.object, Page) else None
        return source.pk if source is not None else None
