"""Each optional part of the sample plugin does what the contract says."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cms.changes.followers import catch_up
from cms.changes.worker import registered_followers
from cms.pages.build import Build
from cms.pages.kinds import IntakeError, field_kind, model_field, read_field
from cms.plugins.config import collect
from cms.plugins.registry import registry
from cms.plugins.testing import Samples
from tests.sample_plugin.followers import followers
from tests.sample_plugin.importers import read_course
from tests.sample_plugin.models import CoursePage
from tests.sample_plugin.resolvers import resolvers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_use(settings: Any) -> None:
    settings.CMS_DISABLED_PLUGINS = []


@pytest.fixture
def samples() -> Samples:
    return Samples()


def test_routes_are_served_below_the_label(samples: Samples, client: Client) -> None:
    later = timezone.now() + datetime.timedelta(days=30)
    course = registry.get("course")
    samples.page(course, 1, title="Kế toán", starts_at=later, is_online=True)
    samples.page(course, 2, title="Thuế", starts_at=later + datetime.timedelta(days=1))
    samples.page(course, 3, title="Đã qua", starts_at=timezone.now() - datetime.timedelta(days=1))
    answer = client.get("/api/v1/course/upcoming")
    assert (answer.status_code, answer.json()) == (200, ["Kế toán", "Thuế"])
    assert client.get("/api/v1/course/upcoming?online=true").json() == ["Kế toán"]
    refused = client.get("/api/v1/course/upcoming?offline=true")
    assert refused.status_code == 400
    assert refused.json()["allowed"] == ["online"]


def test_settings_reach_the_plugin(samples: Samples, client: Client, settings: Any) -> None:
    later = timezone.now() + datetime.timedelta(days=30)
    for number in (1, 2):
        samples.page(registry.get("course"), number, starts_at=later)
    settings.CMS_PLUGIN_SETTINGS = {"course": {"upcoming_limit": 1}}
    assert len(client.get("/api/v1/course/upcoming").json()) == 1


def test_routes_of_a_disabled_plugin_are_closed(client: Client, settings: Any) -> None:
    assert "/course/upcoming" in client.get("/api/v1/openapi.json").content.decode()
    settings.CMS_DISABLED_PLUGINS = ["course"]
    assert client.get("/api/v1/course/upcoming").status_code == 404


def test_follower_hears_of_courses(samples: Samples) -> None:
    (follower,) = followers
    catch_up(follower)  # a new follower reads from now on
    follower.seen.clear()
    course = samples.page(registry.get("course"))
    article = samples.page(registry.get("article"), byline_unit=None)
    from cms.changes.feed import number_changes

    number_changes()
    catch_up(follower)
    assert course.pk in follower.seen
    assert article.pk not in follower.seen


def test_follower_of_a_disabled_plugin_is_not_registered() -> None:
    """The test settings have the plugin out of use at start-up."""
    assert "course-calendar" not in [follower.name for follower in registered_followers()]


def test_resolver_counts_what_the_public_sees(samples: Samples) -> None:
    samples.page(registry.get("course"))
    samples.draft(registry.get("course"), 2)
    assert resolvers["course_count"]() == 1


def test_importer_reads_a_text(samples: Samples, tmp_path: Path) -> None:
    parent = samples.parent(registry.get("course"))
    file = tmp_path / "course.txt"
    file.write_text("Lớp kế toán\nDành cho hợp tác xã.\nBản quyền thuộc Liên minh\n")
    path = parent.document.path
    call_command("import_text", str(file), "--type", "course", "--under", path)
    course = CoursePage.objects.get(title="Lớp kế toán")
    assert course.summary == "Dành cho hợp tác xã."
    assert course.slug == "lop-ke-toan"


def test_importer_says_what_is_missing() -> None:
    with pytest.raises(IntakeError, match="title and a text"):
        read_course("Chỉ một dòng")
    assert "course" in {name for each in collect("importers") for name in each.value}


def test_own_kind_of_a_field() -> None:
    field = model_field(CoursePage, "length")
    kind = field_kind(field)
    course = CoursePage(length=datetime.timedelta(hours=3, minutes=30))
    delivered = read_field(course, "length", Build())
    assert delivered == "P0DT03H30M00S"
    assert kind.write(field, delivered, None) == course.length  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="PT3H30M"):
        kind.parse(field, "three hours")


def test_computed_value_is_rebuilt_in_time(samples: Samples) -> None:
    begins = timezone.now() + datetime.timedelta(days=2)
    course = samples.page(registry.get("course"), starts_at=begins)
    assert course.document.rebuild_at == begins


def test_own_template_shows_the_built_in_page(samples: Samples, client: Client) -> None:
    course = samples.page(registry.get("course"))
    lecture = samples.page(registry.get("lecture"))
    marker = "as the course plugin shows it"
    assert marker in client.get(course.document.path).content.decode()
    plain = client.get(lecture.document.path)
    assert plain.status_code == 200
    assert marker not in plain.content.decode()
