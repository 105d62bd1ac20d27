"""The shared records in the admin: topics, organisations, people, abbreviations."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.panels import TitleFieldPanel as NamePanel
from wagtail.admin.ui.tables import BooleanColumn, TitleColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet, SnippetViewSetGroup

from cms.editor.order import VietnameseChooserViewSet
from cms.editor.topics import in_tree_order, topic_tree
from cms.pages.models import Organisation, Person, Topic
from cms.pages.order import VietnameseOrder
from search.models import Abbreviation

__all__ = [
    "AbbreviationViewSet",
    "OrganisationViewSet",
    "PersonViewSet",
    "SharedRecordsGroup",
    "TopicViewSet",
]


class SharedRecordIndexView(VietnameseOrder, IndexView):
    """A list of shared records."""


class TopicIndexView(SharedRecordIndexView):
    """The list of topics, indented as the tree that they form."""

    @cached_property
    def depths(self) -> dict[int, int]:
        """Each topic's depth; nothing while a search or a column orders the list."""
        if self.is_searching or self.ordering:
            return {}
        return {topic.pk: depth for topic, depth in topic_tree()}

    def order_queryset(self, queryset: Any) -> Any:
        """By the tree, unless the editor chose a column."""
        return super().order_queryset(queryset) if self.ordering else in_tree_order(queryset)

    def _get_title_column(
        self, field_name: str, column_class: Any = TitleColumn, **kwargs: Any
    ) -> Any:
        view = self

        class TreeColumn(column_class):
            """A name with a mark for each level above it."""

            def get_value(self, instance: Topic) -> str:
                depth = view.depths.get(instance.pk, 0)
                return f"{'— ' * depth}{instance.name}"

        return super()._get_title_column(field_name, TreeColumn, **kwargs)


class TopicViewSet(SnippetViewSet):
    """Topics."""

    model = Topic
    icon = "tag"
    index_view_class = TopicIndexView
    chooser_viewset_class = VietnameseChooserViewSet
    list_display = ("name", "slug")
    list_filter = ("parent",)
    list_per_page = 100  # a tree that is cut into short pages is no tree
    panels = (NamePanel("name", placeholder=False), FieldPanel("slug"), FieldPanel("parent"))


class OrganisationViewSet(SnippetViewSet):
    """Organisations with their former names and those they took over from."""

    model = Organisation
    icon = "group"
    index_view_class = SharedRecordIndexView
    chooser_viewset_class = VietnameseChooserViewSet
    list_display = ("name", "code", "short_name", "parent", "dissolved_on")
    list_filter = ("parent", "dissolved_on")
    list_export = ("code", "name", "short_name", "parent", "founded_on", "dissolved_on")
    list_per_page = 50
    panels = (
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("short_name")]),
        FieldPanel("parent"),
        FieldRowPanel([FieldPanel("founded_on"), FieldPanel("dissolved_on")]),
        InlinePanel(
            "names",
            heading=_("Former names"),
            label=_("former name"),
            help_text=_("What the body was called before, and when; an empty day is open."),
            panels=[
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
            ],
        ),
        MultiFieldPanel(
            [FieldPanel("predecessors")], heading=_("Predecessors"), classname="collapsed"
        ),
    )


class PersonViewSet(SnippetViewSet):
    """People, in the order of their given names."""

    model = Person
    icon = "user"
    index_view_class = SharedRecordIndexView
    list_display = ("full_name", "position", "organisation")
    list_filter = ("organisation",)
    list_export = ("full_name", "position", "organisation")
    list_per_page = 50
    panels = (
        NamePanel("full_name", placeholder=False),
        FieldPanel("slug"),
        FieldPanel("position"),
        FieldPanel("organisation"),
    )


class AbbreviationViewSet(SnippetViewSet):
    """The glossary of abbreviations that searches know."""

    model = Abbreviation
    icon = "openquote"
    index_view_class = SharedRecordIndexView
    list_display = (
        "abbreviation",
        "phrase",
        "locale",
        BooleanColumn("active", label=_("In use"), sort_key="active"),
    )
    list_filter = ("locale", "active")
    list_export = ("abbreviation", "phrase", "locale", "active")
    list_per_page = 100
    panels = (
        FieldRowPanel([FieldPanel("abbreviation"), FieldPanel("phrase")]),
        FieldRowPanel([FieldPanel("locale"), FieldPanel("active")]),
    )


class SharedRecordsGroup(SnippetViewSetGroup):
    """The menu entry that gathers them."""

    items = (TopicViewSet, OrganisationViewSet, PersonViewSet, AbbreviationViewSet)
    menu_label = _("Shared records")
    menu_name = "shared-records"
    menu_icon = "folder-open-inverse"
    menu_order = 300
