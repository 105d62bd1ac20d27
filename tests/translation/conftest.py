"""Fixtures of the translation tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings
from wagtail.models import Locale
from wagtail_localize.models import Translation
from wagtail_localize.operations import translate_object

from cms.plugins.article.models import ArticlePage
from cms.translation.terms.glossary import forget_glossaries
from tests.delivery.conftest import api
from tests.editor.conftest import admin, admin_client
from tests.factories import translate
from tests.fixtures.portal import Portal
from tests.settings.conftest import load_settings
from tests.translation.links import Linked, linking
from tests.translation.samples import RICH_EN, Sample, write_wording
from tests.translation.translator_server import (
    KEY,
    TranslatorServer,
    serve_translator,
    set_translator,
)

__all__ = ["admin", "admin_client", "api", "in_english", "load_settings", "sample"]


@pytest.fixture
def sample(portal: Portal) -> Sample:
    """The portal, its home page and its news being translated into English."""
    locale = Locale.objects.get(language_code="en")
    translate_object(portal.home, [locale])
    translate_object(portal.news, [locale])
    return Sample(portal, locale)


@pytest.fixture
def in_english() -> Iterator[None]:
    """Messages as the code has them, for tests that read them."""
    with override("en"):
        yield


@pytest.fixture
def fresh_glossary(db: None) -> None:
    """The glossary as this test's database has it: what was read before is forgotten."""
    forget_glossaries()


@pytest.fixture
def pair(sample: Sample) -> tuple[Translation, Translation]:
    """Two articles; of the first, everything is translated."""
    one, other = sample.article("Kế hoạch một"), sample.article("Kế hoạch hai")
    write_wording(one, "Kế hoạch", "Plan one")
    write_wording(one, "kiểu mới", RICH_EN)
    return one, other


@pytest.fixture
def linked(portal: Portal) -> Linked:
    """A page that is translated, and one that leads to it."""
    chosen = portal.article("Bài")
    english = translate(chosen, "Article")
    host = translate(portal.article("Chủ", **linking(chosen)), "Host")
    return Linked(chosen, english, host)


@pytest.fixture
def server() -> Iterator[TranslatorServer]:
    """The translators' server, running; no pair of languages is set to use it."""
    with serve_translator() as running:
        yield running


@pytest.fixture
def model(server: TranslatorServer, settings: Settings) -> TranslatorServer:
    """A language model for Vietnamese into English."""
    set_translator(
        settings, provider="openai", url=f"{server.url}/v1", model="mô-hình", api_key=KEY,
        timeout=5, retries=1,
    )  # fmt: skip
    return server


@pytest.fixture
def untranslated(portal: Portal) -> ArticlePage:
    """An article that isn't translated, beside one that is."""
    translate(portal.article("Dịch"), "Translated")
    return portal.article("Riêng")


@pytest.fixture
def one(sample: Sample) -> Translation:
    """An article with a translated title."""
    translation = sample.article("Kế hoạch một")
    write_wording(translation, "Kế hoạch", "Plan one")
    return translation


@pytest.fixture
def outsider(db: None) -> Client:
    """Somebody who may enter the admin, and edit nothing there."""
    user = User.objects.create_user("khach")
    group = Group.objects.create(name="Xem")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client
