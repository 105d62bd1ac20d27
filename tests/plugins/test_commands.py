"""``manage.py plugins``: listing, planning a removal, removing."""

from __future__ import annotations

import json
from importlib.metadata import EntryPoint, EntryPoints
from io import StringIO
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.plugins import listing, removal, stored_blocks
from cms.plugins.listing import find_plugin
from cms.plugins.registry import registry
from cms.plugins.testing import Samples
from tests.sample_plugin.models import CoursePage
from tests.sample_plugin.snippets import Trainer


def _run(*args: str) -> str:
    out = StringIO()
    call_command("plugins", *args, stdout=out)
    return out.getvalue()


def test_list_shows_every_plugin(samples: Samples, settings: Any) -> None:
    samples.page(registry.get("course"))
    settings.CMS_DISABLED_PLUGINS = ["course"]
    header, *lines = _run().splitlines()
    assert header.split() == ["label", "version", "requires", "enabled", "types", "pages"]
    rows = {line.split()[0]: line for line in lines}
    assert "bundled" in rows["article"]
    assert " yes " in rows["article"]
    assert " no " in rows["course"]
    assert "course, lecture, trainer" in rows["course"]
    assert rows["course"].endswith(" 1")


def test_list_in_json(samples: Samples) -> None:
    rows = {row["label"]: row for row in json.loads(_run("--json"))}
    assert rows["course"]["types"] == ["course", "lecture", "trainer"]
    assert rows["course"]["requires"] == ">=1,<2"
    assert rows["course"]["enabled"] is True


def test_available_lists_entry_points(monkeypatch: pytest.MonkeyPatch) -> None:
    group = listing.ENTRY_POINT_GROUP
    offered = EntryPoints([EntryPoint("event", "acme.event.apps:EventPlugin", group)])
    monkeypatch.setattr(listing, "entry_points", lambda group: offered)
    (row,) = json.loads(_run("--available", "--json"))
    assert row == {
        "entry": "acme.event.apps.EventPlugin", "package": "", "version": "", "installed": False,
    }  # fmt: skip


def test_available_may_be_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "entry_points", lambda group: EntryPoints())
    assert _run("--available").strip() == "None."


@pytest.mark.django_db
def test_unknown_label_lists_what_exists() -> None:
    with pytest.raises(CommandError, match="article"):
        _run("remove", "artcle", "--plan")
    with pytest.raises(CommandError, match="Which one"):
        _run("remove")


def test_plan_lists_what_would_be_lost(samples: Samples) -> None:
    course = samples.page(registry.get("course"))
    samples.draft(registry.get("course"), 2)
    samples.page(registry.get("lecture"))
    Redirect.objects.create(old_path="/khoa-cu", redirect_page=course)
    source, _ = TranslationSource.get_or_create_from_instance(course)
    english, _ = Locale.objects.get_or_create(language_code="en")
    Translation.objects.create(source=source, target_locale=english)

    plan = json.loads(_run("remove", "course", "--plan", "--json"))
    assert plan["live_pages"] == {"course.CoursePage": 2, "course.LecturePage": 1}
    assert plan["draft_pages"] == {"course.CoursePage": 1}
    assert plan["records"]["course.Trainer"] == 1
    assert plan["records"]["course.CourseSession"] == 4
    assert plan["revisions"] >= 4
    assert plan["translations"] == 1
    assert plan["redirects"] == 1
    assert plan["blocks"] == {}
    assert plan["empty"] is False
    text = _run("remove", "course", "--plan")
    assert "2 published pages: course.CoursePage" in text
    assert "Images and files stay" in text
    assert CoursePage.objects.count() == 3


def test_removal_is_refused_while_there_is_content(samples: Samples) -> None:
    samples.page(registry.get("course"))
    with pytest.raises(CommandError, match=r"1 published pages: course\.CoursePage"):
        _run("remove", "course")
    assert CoursePage.objects.count() == 1


def test_a_shared_record_is_content_too(samples: Samples) -> None:
    samples.record(Trainer)
    with pytest.raises(CommandError, match=r"1 rows: course\.Trainer"):
        _run("remove", "course")


def test_blocks_in_other_types_are_counted(
    samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No bundled type uses another plugin's blocks: take one of the core's for the plugin's."""
    page = samples.page(registry.get("article"), byline_unit=None)
    monkeypatch.setattr(
        stored_blocks, "_is_owned", lambda block, plugin: type(block).__name__ == "CalloutBlock"
    )
    plan = removal.plan_removal(find_plugin("course"))
    assert plan.blocks["article.ArticlePage.body"] == 1
    assert plan.blocks["article.ArticlePage.body (revisions)"] >= 1
    assert not plan.empty
    assert Page.objects.filter(pk=page.pk).exists()


def test_nested_blocks_are_counted() -> None:
    plugin = find_plugin("course")
    block = CoursePage._meta.get_field("body").stream_block
    agenda = {"starts_at": "08:00:00", "topics": [{"type": "item", "value": "Kế toán"}, "Thuế"]}
    stored = [{"type": "agenda", "value": agenda}, {"type": "gone", "value": 1}]
    # The stream itself, the agenda and its clock.
    assert stored_blocks.count_blocks(block, stored, plugin) == 3


def test_a_plugin_that_another_builds_on_stays(
    samples: Samples, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removal, "_dependants", lambda label: ["other.0001_initial"])
    with pytest.raises(CommandError, match=r"other\.0001_initial"):
        _run("remove", "course")


@pytest.mark.django_db
def test_dependants_are_found_in_the_migrations() -> None:
    assert removal._dependants("course") == []
    assert any(name.startswith("article.") for name in removal._dependants("pages"))


@pytest.mark.django_db(transaction=True)
def test_removal_drops_the_tables_and_says_what_to_delete() -> None:
    assert "course_coursepage" in connection.introspection.table_names()
    out = _run("remove", "course")
    assert "tests.sample_plugin.apps.CoursePlugin" in out
    tables = connection.introspection.table_names()
    assert not [name for name in tables if name.startswith("course_")]
    assert not ContentType.objects.filter(app_label="course").exists()
    assert [name for name in tables if name.startswith("article_")]
