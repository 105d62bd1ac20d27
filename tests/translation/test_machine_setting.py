"""``CMS_TRANSLATORS`` says whom texts are sent to; without it nothing leaves the machine."""

from __future__ import annotations

import json
import socket
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings
from wagtail.models import Locale

from tests.settings.conftest import Load
from tests.translation.samples import Sample, segment_of, wording_of, write_wording
from tests.translation.translator_server import KEY, TranslatorServer, set_translator

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def asked_outside(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Whom this process has tried to reach over the network since."""
    asked: list[object] = []

    def refuse(*arguments: object, **options: object) -> None:
        asked.append(arguments)
        raise OSError("nothing leaves the machine")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "create_connection"):
        monkeypatch.setattr(socket, name, refuse)
    return asked


class TestNothingLeavesTheMachine:
    """Unless a provider is set for the very languages."""

    def work(self, sample: Sample, client: Client) -> None:
        """All that the admin does with a translation, and pressing the machine's button."""
        one = sample.article("Kế hoạch năm 2026")
        write_wording(sample.article("Kế hoạch năm 2026"), "Kế hoạch", "Plan for 2026")
        segment = {"segment": str(segment_of(one, "kiểu mới").pk), "locale": "en"}
        tools = f"/admin/translation/tools/{sample.portal.news.pk}/"
        shown = [
            client.get(f"/admin/pages/{one.get_target_instance().pk}/edit/"),
            client.get("/admin/translation/memory/", segment),
            client.post("/admin/translation/check/", segment | {"wording": "A cooperative"}),
            client.get(f"/admin/translation/marks/{one.pk}/"),
            client.get(tools),
            client.post(tools, {"action": "export", "locale": "en", "format": "po"}),
        ]
        assert [answer.status_code for answer in shown] == [200] * len(shown)
        client.post(tools, {"action": "memory", "locale": "en", "below": "on"})
        assert wording_of(one, "Kế hoạch") == "Plan for 2026"
        client.post(tools, {"action": "machine", "locale": "en", "below": "on"})
        client.post(f"/admin/localize/translate/{one.pk}/machine_translate/")
        assert wording_of(one, "kiểu mới") == ""

    def test_without_a_provider(
        self, sample: Sample, admin_client: Client, asked_outside: list[object]
    ) -> None:
        self.work(sample, admin_client)
        assert asked_outside == []

    def test_with_one_for_other_languages(
        self, sample: Sample, admin_client: Client, settings: Settings, asked_outside: list[object]
    ) -> None:
        Locale.objects.create(language_code="fr")
        set_translator(settings, "vi:fr", provider="openai", url="http://127.0.0.1:9/v1", model="m")
        self.work(sample, admin_client)
        assert asked_outside == []

    def test_with_one_for_these_it_is_what_is_asked(
        self, sample: Sample, admin_client: Client, settings: Settings, asked_outside: list[object]
    ) -> None:
        """The guard sees what leaves, so that the tests before this one mean something."""
        set_translator(
            settings, provider="openai", url="http://127.0.0.1:9/v1", model="m", retries=0
        )
        self.work(sample, admin_client)
        assert asked_outside

    def test_the_tools_say_whom_texts_are_sent_to(
        self, sample: Sample, model: TranslatorServer, admin_client: Client
    ) -> None:
        shown = admin_client.get(f"/admin/translation/tools/{sample.portal.news.pk}/")
        assert "Into English, mô-hình translates" in shown.content.decode()


class TestSetting:
    """``CMS_TRANSLATORS``."""

    def test_is_typed_and_hides_its_keys(self, load_settings: Load) -> None:
        value = {"vi:en": {"provider": "deepl", "auth_key": KEY}}
        loaded = load_settings("test", TRANSLATORS=json.dumps(value))
        assert loaded.CMS_TRANSLATORS["vi:en"].auth_key.get_secret_value() == KEY
        assert KEY not in repr(loaded.CMS_TRANSLATORS)
        assert loaded.WAGTAILLOCALIZE_MACHINE_TRANSLATOR is not None

    def test_is_empty_unless_set(self, load_settings: Load) -> None:
        loaded = load_settings("test")
        assert loaded.CMS_TRANSLATORS == {}
        assert loaded.WAGTAILLOCALIZE_MACHINE_TRANSLATOR is None

    @pytest.mark.parametrize(
        "value",
        [
            {"vi-en": {"provider": "deepl", "auth_key": KEY}},
            {"vi:en": {"provider": "bing", "auth_key": KEY}},
            {"vi:en": {"provider": "deepl", "key": KEY}},
            {"vi:en": {"provider": "openai", "url": "tệp", "model": KEY}},
        ],
    )
    def test_is_refused_without_repeating_it(self, load_settings: Load, value: Any) -> None:
        with pytest.raises(ImproperlyConfigured, match="CMS_TRANSLATORS") as error:
            load_settings("test", TRANSLATORS=json.dumps(value))
        assert KEY not in str(error.value)
