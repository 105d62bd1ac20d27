"""The providers of machine translation: how each is asked, and what it answers or fails to."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured
from pydantic import TypeAdapter
from pytest_django import Settings
from wagtail_localize.models import StringTranslation

from cms.settings.translators import Translator
from cms.translation.machine import language_model
from cms.translation.machine.applying import machine_translate
from cms.translation.machine.errors import TranslatorError
from cms.translation.machine.providers import build_provider
from tests.translation.samples import Sample, segment_of
from tests.translation.translator_server import KEY, TranslatorServer, set_translator

pytestmark = pytest.mark.usefixtures("in_english")


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
    set_translator(settings, provider="openai", url=server.url, model="m", timeout=0.05, retries=0)
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
    set_translator(settings, provider="libretranslate", url=server.url, api_key=KEY)
    one = sample.article()
    assert machine_translate([one], None).translated == 2
    saved = segment_of(one, "Kế hoạch").translated
    assert saved is not None
    assert (saved.tool_name, saved.data) == ("LibreTranslate", "EN Kế hoạch năm 2026")
    assert (server.asked[0]["source"], server.asked[0]["format"]) == ("vi", "html")


def test_deepl(sample: Sample, server: TranslatorServer, settings: Settings) -> None:
    set_translator(
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
        set_translator(settings, **options)
        server.statuses = [status]
        with pytest.raises(TranslatorError):
            machine_translate([sample.article()], None)


def test_google_says_which_package_it_needs() -> None:
    options = TypeAdapter(Translator).validate_python({"provider": "google", "project_id": "p"})
    with pytest.raises(ImproperlyConfigured, match="google-cloud-translate"):
        build_provider(options)
