"""Every system check of the contract is triggered by its fixture, and by nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.core.checks import run_checks
from wagtail.models import Page, get_page_models

from cms.plugins.checks import CATALOGUE, check_contract
from cms.plugins.checks.catalogue import DOCS
from tests.plugins.breaking import FIXTURES, check_fixture

PROJECT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", FIXTURES)
def test_broken_plugin_triggers_its_check_alone(name: str) -> None:
    messages = check_fixture(name)
    expected = f"cms.{name.split('_')[0].upper()}"
    assert {message.id for message in messages} == {expected}, messages
    for message in messages:
        assert message.hint and DOCS in message.hint
        assert message.obj is not None
        assert CATALOGUE[expected] in message.msg


def test_every_check_has_a_fixture() -> None:
    assert {f"cms.{name.split('_')[0].upper()}" for name in FIXTURES} == set(CATALOGUE)


def test_every_check_has_its_section_in_the_docs() -> None:
    headings = re.findall(r"^## (cms\.E\d{3})$", (PROJECT / DOCS).read_text(), re.MULTILINE)
    assert headings == list(CATALOGUE)


def test_every_section_says_what_the_check_says() -> None:
    sections = re.split(r"^## ", (PROJECT / DOCS).read_text(), flags=re.MULTILINE)[1:]
    for section in sections:
        check_id = section.split("\n", 1)[0]
        assert f"**{CATALOGUE[check_id]}.**" in section, check_id


def test_bundled_plugins_pass() -> None:
    assert check_contract() == []


@pytest.mark.django_db
def test_checks_are_run_by_django() -> None:
    assert [m for m in run_checks() if (m.id or "").startswith("cms.")] == []


def test_a_broken_fixture_leaves_no_trace() -> None:
    models, pages = list(apps.get_models()), get_page_models()
    relations = set(Page._meta.related_objects)
    check_fixture("e021_rows")
    assert list(apps.get_models()) == models
    assert get_page_models() == pages
    assert set(Page._meta.related_objects) == relations
