"""Default editor panels: a page's exposed fields, in their order."""

from __future__ import annotations

from django.db import models
from django.utils.text import capfirst
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel
from wagtail.models import Page

from cms.pages.exposed import ExposedField

__all__ = ["default_panels", "set_default_panels"]


def default_panels(model: type[models.Model], exposed: list[ExposedField]) -> list[Panel]:
    """A panel for each exposed field that an editor fills in."""
    panels: list[Panel] = []
    for entry in exposed:
        if entry.computed or not entry.panel:
            continue
        field = model._meta.get_field(entry.name)
        if isinstance(field, models.ManyToOneRel):
            rows = field.related_model._meta
            heading = capfirst(rows.verbose_name_plural)  # as Django writes the fields' labels
            panels.append(InlinePanel(entry.name, heading=heading, label=rows.verbose_name))
        else:
            panels.append(FieldPanel(entry.name))
    return panels


def set_default_panels(model: type[models.Model]) -> None:
    """Gives a model its panels, unless it has its own: needs the model's fields to be known."""
    own = vars(model)
    exposed: list[ExposedField] = model.exposed_fields  # type: ignore[attr-defined]
    if issubclass(model, Page):
        if "content_panels" not in own and "edit_handler" not in own:
            panels = [*Page.content_panels, *default_panels(model, exposed)]
            model.content_panels = panels  # type: ignore[attr-defined]
    elif "panels" not in own and "edit_handler" not in own:
        model.panels = default_panels(model, exposed)  # type: ignore[attr-defined]
