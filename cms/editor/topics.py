"""Topics as the tree that they form, in Vietnamese alphabetical order at each level."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Case, QuerySet, Value, When
from django.forms.models import ModelChoiceIterator, ModelChoiceIteratorValue

from cms.pages.models import Topic
from cms.vietnamese.collation import sort_key

__all__ = ["TopicTreeField", "in_tree_order", "topic_tree"]

_INDENT = "\u2003"  # an em space: HTML keeps it, where it would fold ordinary ones


def topic_tree() -> list[tuple[Topic, int]]:
    """Every topic once with its depth (0 for the broadest), parents before children.

    One query. A topic in a loop, which only a direct write to the database can make, stands at
    the end with depth 0.
    """
    below: dict[int | None, list[Topic]] = defaultdict(list)
    topics = sorted(Topic.objects.all(), key=lambda topic: sort_key(topic.name))
    for topic in topics:
        below[topic.parent_id].append(topic)
    tree: list[tuple[Topic, int]] = []

    def walk(parent_id: int | None, depth: int) -> None:
        for topic in below[parent_id]:
            tree.append((topic, depth))
            walk(topic.pk, depth + 1)

    walk(None, 0)
    reached = {topic.pk for topic, _depth in tree}
    return tree + [(topic, 0) for topic in topics if topic.pk not in reached]


def in_tree_order(queryset: QuerySet[Topic]) -> QuerySet[Topic]:
    """The topics of a query in the order of the tree."""
    places = [When(pk=topic.pk, then=Value(n)) for n, (topic, _depth) in enumerate(topic_tree())]
    return queryset.order_by(Case(*places, default=Value(len(places))), "pk")


class _TreeIterator(ModelChoiceIterator[Topic]):
    """The choices of a form field in tree order, indented by depth."""

    field: TopicTreeField

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        for topic, depth in topic_tree():
            value = ModelChoiceIteratorValue(topic.pk, topic)
            yield value, f"{_INDENT * depth}{self.field.label_from_instance(topic)}"


class TopicTreeField(forms.ModelMultipleChoiceField[Topic]):
    """Several topics, ticked off in their tree."""

    widget = forms.CheckboxSelectMultiple
    iterator = _TreeIterator
