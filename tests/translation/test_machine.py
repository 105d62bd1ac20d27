"""Machine translation: by pair of locales, with provenance, and only what came back whole."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Locale

from cms.translation.machine.applying import machine_translate
from cms.translation.machine.errors import TranslatorError
from cms.translation.machine.pairs import PairTranslator
from tests.translation.samples import Sample, segment_of, wording_of, write_wording
from tests.translation.translator_server import KEY, TranslatorServer, set_translator

pytestmark = pytest.mark.usefixtures("in_english")


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


def test_each_pair_has_its_own(sample: Sample, model: TranslatorServer, settings: Settings) -> None:
    french = Locale.objects.create(language_code="fr")
    set_translator(settings, "vi:fr", provider="libretranslate", url=model.url)
    vietnamese, names = Locale.objects.get(language_code="vi"), {}
    for locale in (sample.locale, french):
        translator = PairTranslator()
        assert translator.can_translate(vietnamese, locale)
        names[locale.language_code] = translator.display_name
    assert names == {"en": "mô-hình", "fr": "LibreTranslate"}
    assert not PairTranslator().can_translate(sample.locale, vietnamese)


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
