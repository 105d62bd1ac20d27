"""A plugin that is disabled or enabled again: who keeps copies hears of each of its pages."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cms.changes.duties import run_duty
from cms.changes.feed import latest_seq, number_changes
from cms.changes.models import Change, Reason
from cms.pages import types_in_use
from cms.pages.models import KnownType, PublishedDocument
from cms.pages.publishing import stale_documents
from cms.pages.reading import load_document
from cms.pages.types_in_use import TellTypesInUse
from cms.plugins.article.models import RelatedPage
from cms.plugins.registry import registry
from cms.plugins.testing import Samples


def start(settings: Any, *disabled: str) -> list[Change]:
    """A worker starts with these plugins disabled; what it tells, in order."""
    settings.CMS_DISABLED_PLUGINS = list(disabled)
    number_changes()
    since = latest_seq()
    duty = TellTypesInUse()
    while list(duty.due()):
        run_duty(duty)
    number_changes()
    return list(Change.objects.filter(seq__gt=since).order_by("seq"))


def test_nothing_is_told_at_the_first_start_and_while_nothing_changes(
    samples: Samples, settings: Any
) -> None:
    samples.page(registry.get("course"))
    assert start(settings) == []
    assert start(settings) == []
    assert set(KnownType.objects.values_list("name", flat=True)) == {
        one.name for one in registry.pages(include_disabled=True)
    }


def test_each_page_has_a_tombstone_and_comes_back(
    samples: Samples, client: Client, settings: Any
) -> None:
    course = samples.page(registry.get("course"))
    start(settings)
    (gone,) = start(settings, "course")
    assert gone.seq is not None
    row = PublishedDocument.objects.get(pk=course.pk)
    assert (gone.reason, gone.type, gone.object_id) == (Reason.UNPUBLISH, "course", course.pk)
    assert (gone.locale, gone.path) == (row.locale, row.path)
    assert {f"page:{course.pk}", "type:course"} <= set(gone.tags)
    listed = client.get(f"/api/v1/changes?since={gone.seq - 1}").json()["items"]
    assert [(one["id"], one["withdrawn"]) for one in listed] == [(course.pk, True)]
    assert start(settings, "course") == []

    (back,) = start(settings)
    assert (back.reason, back.object_id) == (Reason.PUBLISH, course.pk)
    assert start(settings) == []


def test_it_is_told_in_parts_and_goes_on_where_it_was_ended(
    samples: Samples, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [samples.page(registry.get("course")) for _ in range(5)]
    start(settings)
    monkeypatch.setattr(types_in_use, "_BATCH", 2)
    settings.CMS_DISABLED_PLUGINS = ["course"]
    number_changes()
    since = latest_seq()
    run_duty(TellTypesInUse())  # and is killed
    number_changes()
    assert Change.objects.filter(seq__gt=since).count() == 2
    assert [one.object_id for one in start(settings, "course")] == [one.pk for one in pages[2:]]


def test_what_was_half_told_is_taken_back_whole(
    samples: Samples, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = [samples.page(registry.get("course")) for _ in range(3)]
    start(settings)
    monkeypatch.setattr(types_in_use, "_BATCH", 2)
    settings.CMS_DISABLED_PLUGINS = ["course"]
    run_duty(TellTypesInUse())
    told = start(settings)
    assert [one.object_id for one in told] == [one.pk for one in pages]
    assert {one.reason for one in told} == {Reason.PUBLISH}


def test_an_old_worker_does_not_undo_what_a_new_one_has_told(
    samples: Samples, settings: Any
) -> None:
    samples.page(registry.get("course"))
    settings.CMS_DISABLED_PLUGINS = []
    old = TellTypesInUse()
    run_duty(old)
    assert len(start(settings, "course")) == 1
    settings.CMS_DISABLED_PLUGINS = []
    assert run_duty(old) == 0
    assert not KnownType.objects.get(name="course").in_use


def test_pages_that_showed_it_are_told_of_when_they_are_built_anew(
    samples: Samples, settings: Any
) -> None:
    course = samples.page(registry.get("course"))
    article = samples.page(
        registry.get("article"), byline_unit=None, related_pages=[RelatedPage(target=course)]
    )
    load_document(pk=article.pk)
    number_changes()
    since = latest_seq()
    settings.CMS_DISABLED_PLUGINS = ["course"]
    for pk in stale_documents():
        load_document(pk=pk)
    number_changes()
    told = Change.objects.filter(seq__gt=since, reason=Reason.UPDATE)
    assert [one.object_id for one in told] == [article.pk]
