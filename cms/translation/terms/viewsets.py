"""The glossary in the admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from cms.pages.order import VietnameseOrder
from cms.translation.terms.models import GlossaryTerm

__all__ = ["GlossaryTermViewSet"]


class _TermIndexView(VietnameseOrder, IndexView):
    pass


class GlossaryTermViewSet(SnippetViewSet):
    """The terms that translations have to keep."""

    model = GlossaryTerm
    icon = "openquote"
    index_view_class = _TermIndexView
    list_display = (
        "source", "target", "source_locale", "target_locale",
        BooleanColumn("active", label=_("In use"), sort_key="active"),
    )  # fmt: skip
    list_filter = ("source_locale", "target_locale", "enforced", "active")
    list_export = (
        "source", "source_forms", "target", "target_forms", "forbidden", "note",
        "source_locale", "target_locale", "case_sensitive", "enforced", "active",
    )  # fmt: skip
    list_per_page = 100
    add_to_admin_menu = True
    menu_order = 310
    panels = (
        FieldRowPanel([FieldPanel("source_locale"), FieldPanel("target_locale")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("target")]),
        FieldRowPanel([FieldPanel("source_forms"), FieldPanel("target_forms")]),
        FieldPanel("forbidden"),
        FieldRowPanel([FieldPanel("case_sensitive"), FieldPanel("enforced"), FieldPanel("active")]),
        FieldPanel("note"),
    )
