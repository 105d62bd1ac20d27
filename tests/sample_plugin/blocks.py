"""Blocks of the plugin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.plugins.api import BodyBlock

__all__ = ["AgendaBlock", "ClockBlock", "CourseBody"]


class ClockBlock(blocks.TimeBlock):
    """A time of day; its kind is in kinds.py."""

    class Meta:
        label = _("Time of day")
        icon = "time"


class AgendaBlock(blocks.StructBlock):
    """What happens when."""

    starts_at = ClockBlock(label=_("Begins"))
    topics = blocks.ListBlock(blocks.CharBlock(label=_("Topic taught")), label=_("Topics taught"))

    class Meta:
        label = _("Agenda")
        icon = "list-ul"


class CourseBody(BodyBlock):
    """The core's blocks and an agenda."""

    agenda = AgendaBlock()
