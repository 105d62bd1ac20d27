"""Machine translation: by pair of locales, with provenance, and only what came back whole."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pydantic import TypeAdapter
from pytest_django import Settings
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from cms.settings.translators import Translator
from cms.translation.machine import language_model
from cms.translation.machine.applying import machine_translate
from cms.translation.machine.errors import TranslatorError
from cms.translation.machine.pairs import PairTranslator
from cms.translation.machine.providers import build_provider
from tests.settings.conftest import Load
from tests.translation.samples import Sample, segment_of, wording_of, write_wording
from tests.translation.translator_server import TranslatorServer, serve_translator

pytestmark = pytest.mark.usefixtures("in_english")
KEY = "khoa-bi-mat-123"


@pytest.fixture
def server() -> Iterator[TranslatorServer]:
    with serve_translator() as running:
        yield running


def use(settings: Settings, pair: str = "vi:en", **options: Any) -> None:
    parsed = TypeAdapter(Translator).validate_python(options)
    settings.CMS_TRANSLATORS = {**settings.CMS_TRANSLATORS, pair: parsed}


@pytest.fixture
def model(server: TranslatorServer, settings: Settings) -> TranslatorServer:
    """A language model for Vietnamese into English."""
    use(
        settings, provider="openai", url=f"{server.url}/v1", model="mô-hình", api_key=KEY,
        timeout=5, retries=1,
    )  # fmt: skip
    return server


def words_in_english(text: str) -> str:
    """A translation with all marks of the text."""
    return text.replace("Hợp tác xã", "A cooperative").replace("kiểu mới", "new-style")


def test_without_a_translator_nothing_is_asked(sample: Sample) -> None:
    one = sample.article()
    assert not PairTranslator().can_translate(one.source.locale, one.target_locale)
    with pytest.raises(TranslatorError, match="No translator is set"):
        machine_translate([one], None)


def test_a_model_translates_with_terms_and_protected_codes(
    sample: Sample, model: TranslatorServer
) -> None:
    model.translate = words_in_english
    one = sample.article()
    done = machine_translate([one], None)
    assert (done.translated, done.refused) == (2, 0)
    assert wording_of(one, "kiểu mới") == (
        'A cooperative <b>new-style</b> tại <a id="a1">Liên minh HTX</a>.'
    )
    (asked,) = model.asked
    assert (asked["model"], asked["temperature"]) == ("mô-hình", 0)
    request = json.loads(asked["messages"][1]["content"])
    assert (request["source_language"], request["target_language"]) == ("vi", "en")
    assert {"source": "kế hoạch", "translation": "plan", "never": []} in request["terms"]
    texts = [one["text"] for one in request["segments"]]
    assert "Hợp tác xã <1>kiểu mới</1> tại <2>Liên minh HTX</2>." in texts
    assert model.headers[0]["Authorization"] == f"Bearer {KEY}"


def test_provenance_is_kept(sample: Sample, model: TranslatorServer) -> None:
    one = sample.article()
    machine_translate([one], None)
    saved = segment_of(one, "Kế hoạch").translated
    assert saved is not None
    assert (saved.translation_type, saved.tool_name) == ("machine", "mô-hình")


def test_what_is_translated_stays_and_is_not_sent(sample: Sample, model: TranslatorServer) -> None:
    one = sample.article()
    write_wording(one, "Kế hoạch", "Mine")
    machine_translate([one], None)
    assert wording_of(one, "Kế hoạch") == "Mine"
    assert "Kế hoạch năm" not in model.asked[0]["messages"][1]["content"]


def test_a_text_that_stands_twice_is_asked_for_once(
    sample: Sample, model: TranslatorServer
) -> None:
    pages = [sample.article(), sample.article()]
    assert machine_translate(pages, None).translated == 4
    assert len(json.loads(model.asked[0]["messages"][1]["content"])["segments"]) == 2


@pytest.mark.parametrize(
    "answer",
    [
        "A cooperative",
        "A <1>cooperative</1> <2>x</2> <3>y</3>",
        "A <1>cooperative <2>x</1></2>",
        "A <1>cooperative</1> <1>x</1>",
        "A <1>cooperative</1> <2>x",
        " ",
        None,
    ],
)
def test_a_segment_with_broken_codes_is_refused_and_the_others_kept(
    sample: Sample, model: TranslatorServer, answer: str | None
) -> None:
    model.translate = lambda text: answer if "<1>" in text else "Plan"
    one = sample.article()
    done = machine_translate([one], None)
    assert (done.translated, done.refused) == (1, 1)
    assert (wording_of(one, "Kế hoạch"), wording_of(one, "kiểu mới")) == ("Plan", "")


def test_html_that_a_model_makes_up_is_text(sample: Sample, model: TranslatorServer) -> None:
    model.translate = lambda text: text + "<script>alert(1)</script>"
    one = sample.article()
    machine_translate([one], None)
    assert "&lt;script&gt;" in wording_of(one, "kiểu mới")


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": "Here you are: Plan"}}]}',
        b'{"choices": [{"message": {"content": "{\\"translations\\": [{\\"id\\": 1}]}"}}]}',
        b'{"choices": [{"message": {"content": null}}]}',
    ],
)
def test_an_answer_that_is_not_as_asked(
    sample: Sample, model: TranslatorServer, body: bytes
) -> None:
    model.body = body
    with pytest.raises(TranslatorError, match="no answer that can be used"):
        machine_translate([sample.article()], None)
    assert not StringTranslation.objects.exists()


def test_an_overloaded_server_is_asked_again(sample: Sample, model: TranslatorServer) -> None:
    model.statuses = [503]
    assert machine_translate([sample.article()], None).translated == 2
    assert len(model.asked) == 2


def test_a_refusal_names_no_secret(sample: Sample, model: TranslatorServer) -> None:
    model.statuses = [401]
    with pytest.raises(TranslatorError, match="refused with status 401") as error:
        machine_translate([sample.article()], None)
    assert KEY not in str(error.value)


def test_a_server_that_takes_too_long(
    sample: Sample, server: TranslatorServer, settings: Settings
) -> None:
    use(settings, provider="openai", url=server.url, model="m", timeout=0.05, retries=0)
    server.delay = 0.5
    with pytest.raises(TranslatorError, match="took too long"):
        machine_translate([sample.article()], None)


def test_an_answer_that_is_too_large(
    sample: Sample, model: TranslatorServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(language_model, "MAX_ANSWER", 100)
    with pytest.raises(TranslatorError, match="too large"):
        machine_translate([sample.article()], None)


def test_libretranslate(sample: Sample, server: TranslatorServer, settings: Settings) -> None:
    use(settings, provider="libretranslate", url=server.url, api_key=KEY)
    one = sample.article()
    assert machine_translate([one], None).translated == 2
    saved = segment_of(one, "Kế hoạch").translated
    assert saved is not None
    assert (saved.tool_name, saved.data) == ("LibreTranslate", "EN Kế hoạch năm 2026")
    assert (server.asked[0]["source"], server.asked[0]["format"]) == ("vi", "html")


def test_deepl(sample: Sample, server: TranslatorServer, settings: Settings) -> None:
    use(
        settings, provider="deepl", auth_key=KEY, url=f"{server.url}/v2/translate",
        glossary_id="g-1",
    )  # fmt: skip
    one = sample.article()
    assert machine_translate([one], None).translated == 2
    assert server.asked[0]["glossary_id"] == ["g-1"]
    assert server.asked[0]["target_lang"] == ["EN"]


@pytest.mark.parametrize("status", [403, 429, 500])
def test_a_provider_that_refuses_is_said_to(
    sample: Sample, server: TranslatorServer, settings: Settings, status: int
) -> None:
    for options in (
        {"provider": "deepl", "auth_key": KEY, "url": f"{server.url}/v2/translate"},
        {"provider": "libretranslate", "url": server.url},
    ):
        use(settings, **options)
        server.statuses = [status]
        with pytest.raises(TranslatorError):
            machine_translate([sample.article()], None)


def test_each_pair_has_its_own(sample: Sample, model: TranslatorServer, settings: Settings) -> None:
    french = Locale.objects.create(language_code="fr")
    use(settings, "vi:fr", provider="libretranslate", url=model.url)
    vietnamese, names = Locale.objects.get(language_code="vi"), {}
    for locale in (sample.locale, french):
        translator = PairTranslator()
        assert translator.can_translate(vietnamese, locale)
        names[locale.language_code] = translator.display_name
    assert names == {"en": "mô-hình", "fr": "LibreTranslate"}
    assert not PairTranslator().can_translate(sample.locale, vietnamese)


def test_google_says_which_package_it_needs() -> None:
    options = TypeAdapter(Translator).validate_python({"provider": "google", "project_id": "p"})
    with pytest.raises(ImproperlyConfigured, match="google-cloud-translate"):
        build_provider(options)


class TestInTheEditor:
    """wagtail-localize's own button."""

    def url(self, one: Any) -> str:
        return f"/admin/localize/translate/{one.pk}/machine_translate/"

    def test_translates(
        self, sample: Sample, model: TranslatorServer, admin_client: Client
    ) -> None:
        one = sample.article()
        answer = admin_client.post(self.url(one), follow=True)
        assert answer.status_code == 200
        assert wording_of(one, "Kế hoạch") == "EN Kế hoạch năm 2026"

    def test_a_failure_is_a_message(
        self, sample: Sample, model: TranslatorServer, admin_client: Client
    ) -> None:
        model.statuses = [401]
        answer = admin_client.post(self.url(sample.article()), follow=True)
        assert "401" in answer.content.decode()

    def test_without_a_translator(self, sample: Sample, admin_client: Client) -> None:
        assert admin_client.post(self.url(sample.article())).status_code == 404


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
        use(settings, "vi:fr", provider="openai", url="http://127.0.0.1:9/v1", model="m")
        self.work(sample, admin_client)
        assert asked_outside == []

    def test_with_one_for_these_it_is_what_is_asked(
        self, sample: Sample, admin_client: Client, settings: Settings, asked_outside: list[object]
    ) -> None:
        """The guard sees what leaves, so that the tests before this one mean something."""
        use(settings, provider="openai", url="http://127.0.0.1:9/v1", model="m", retries=0)
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
