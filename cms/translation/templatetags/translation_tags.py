"""What the templates that stand before wagtail-localize's need."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from cms.translation.side_panel.panel import TranslationSidePanel

__all__ = ["with_translation_help"]

register = template.Library()


@register.simple_tag(takes_context=True)
def with_translation_help(context: RequestContext) -> list[Any]:
    """The editor's side panels and ours; wagtail-localize has no hook for another one."""
    panel = TranslationSidePanel(context["instance"], context["request"], context["translation"])
    return [panel, *context["side_panels"]]
