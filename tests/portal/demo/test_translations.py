"""The demo portal in English: what is there, in which states, and that loading keeps out of the
way of editors."""

from __future__ import annotations

from collections import Counter
from typing import Any

import orjson
import polib
import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.test import Client
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, TranslationSource

from cms.delivery.models import Menu
from cms.pages.models import (
    Organisation,
    Person,
    PublishedDocument,
    RecordTranslation,
    Topic,
    TranslationState,
)
from cms.pages.record_translations import load_texts, translatable_fields, translate_record
from cms.portal.catalogues import read_catalogues, read_record_wordings
from cms.portal.content import CONTENT_FOLDER, read_lines
from cms.portal.models import SiteFacts
from cms.portal.translating import lacks_translations
from cms.translation.memory.models import MemoryEntry
from cms.translation.syncing.models import SegmentReview
from tests.portal.demo.conftest import DEMO, run_load_portal

pytestmark = DEMO

SECTIONS = [
    "/en/about-us/",
    "/en/news-and-announcements/",
    "/en/advice-and-support/",
    "/en/provincial-directives/",
    "/en/cooperative-resources/",
    "/en/collective-economy-documents/",
]
PLAN = "/en/collective-economy-documents/plan-60-kh-lmhtx/"
RATES = "/tin-tuc-thong-bao/thong-bao/lai-suat-cho-vay-cua-quy/"
CONTACT = "/gioi-thieu/lien-he/"


def state_of(path: str) -> TranslationState:
    page = PublishedDocument.objects.get(path=path).page
    return TranslationState.objects.get(source=page, locale="en")


def get(path: str) -> Any:
    response = Client().get(path)
    assert response.status_code == 200, response.content
    return orjson.loads(response.content)


def test_english_tree_mirrors_the_seven_sections(demo: str) -> None:
    home = PublishedDocument.objects.get(path="/en/").page
    below = PublishedDocument.objects.in_bulk([page.pk for page in home.get_children()])
    assert [below[page.pk].path for page in home.get_children()] == SECTIONS
    originals = [page.get_translation(Locale.get_default()) for page in home.get_children()]
    source = PublishedDocument.objects.get(path="/").page
    assert originals == list(source.get_children())


def test_a_good_part_of_the_pages_is_in_english(demo: str) -> None:
    documents = PublishedDocument.objects.filter(locale="en")
    assert documents.count() >= 30
    types = set(documents.values_list("type", flat=True))
    assert types >= {"home", "section", "article", "announcement", "support", "resource",
                     "official_document", "photo_album", "video"}  # fmt: skip


def test_every_state_can_be_seen(demo: str) -> None:
    rows = TranslationState.objects.filter(locale="en")
    status = TranslationState.Status
    seen = Counter((row.status, row.published) for row in rows if row.managed)
    assert seen[status.COMPLETE, True] >= 25
    for one in [
        (status.COMPLETE, False), (status.PARTIAL, True), (status.PARTIAL, False),
        (status.REVIEW, True), (status.MISSING, False),
    ]:  # fmt: skip
        assert seen[one] >= 1, one
    assert any(row.outdated_since for row in rows)
    assert any(row.status == status.MISSING and not row.managed for row in rows)


def test_source_that_was_edited_and_synced_has_segments_to_review(demo: str) -> None:
    state = state_of(RATES)
    assert (state.status, state.needs_review, state.outdated_since) == ("review", 2, None)
    page = Page.objects.get(pk=state.source_id)
    reviews = SegmentReview.objects.filter(translation__context__object_id=page.translation_key)
    assert {"0,2 điểm phần trăm: hợp tác xã nộp báo cáo năm đúng hạn."} < set(
        reviews.values_list("previous", flat=True)
    )


def test_source_that_was_edited_after_the_sync_is_as_it_ships(demo: str) -> None:
    state = state_of(CONTACT)
    assert state.status == TranslationState.Status.COMPLETE
    assert state.outdated_since
    original = get(f"/api/v1/pages/{state.source_id}")
    shipped = next(
        one.line for one in read_lines(CONTENT_FOLDER) if one.line.get("path") == CONTACT
    )
    assert "sáng thứ Bảy" in orjson.dumps(original).decode()
    assert "sáng thứ Bảy" in orjson.dumps(shipped).decode()
    assert "Saturday" not in orjson.dumps(get(f"/api/v1/pages/{state.translation_id}")).decode()


def test_no_wording_of_the_files_is_left_out(demo: str) -> None:
    """A text that was changed in the YAML file has to be changed in the PO file as well."""
    known = set(StringTranslation.objects.values_list("translation_of__data", flat=True))
    lost = [
        (one.source, text)
        for one in read_catalogues(CONTENT_FOLDER, read_lines(CONTENT_FOLDER))
        for text in one.wordings
        if text not in known
    ]
    assert lost == []


def test_wordings_are_told_as_a_persons_and_remembered(demo: str) -> None:
    rows = StringTranslation.objects.filter(locale__language_code="en")
    assert set(rows.values_list("translation_type", "tool_name")) == {("manual", "PO")}
    assert not rows.filter(has_error=True).exists()
    assert MemoryEntry.objects.filter(current=True, wording__startswith="Pursuant to").exists()


def test_english_pages_are_delivered(demo: str) -> None:
    plan = get(f"/api/v1/resolve?path={PLAN}")
    assert "digital transformation" in orjson.dumps(plan).decode()
    listed = get("/api/v1/pages?locale=en&type=announcement")
    assert {one["path"].split("/")[1] for one in listed["items"]} == {"en"}
    assert listed["items"][0]["title"].isascii()


def test_shared_records_speak_english(demo: str) -> None:
    page = PublishedDocument.objects.get(path=PLAN)
    plan = get(f"/api/v1/pages/{page.pk}")
    assert plan["issuer"]["name"] == "Cooperative Alliance of Thanh Giang Province"
    assert plan["signer"]["position"] == "Chair"
    assert plan["topics"][0]["name"].isascii()
    source = get(f"/api/v1/pages/{TranslationState.objects.get(translation_id=page.pk).source_id}")
    assert source["issuer"]["name"] == "Liên minh Hợp tác xã tỉnh Thanh Giang"


def test_every_text_of_a_shared_record_is_in_english(demo: str) -> None:
    (wordings,) = read_record_wordings(CONTENT_FOLDER).values()
    said: set[str] = set()
    for model in (Organisation, Topic, Person):
        translated = load_texts(model, "en")
        for record in model.objects.all():
            texts = {name: getattr(record, name) for name in translatable_fields(model)}
            present = {name: text for name, text in texts.items() if text}
            assert translated[record.pk].keys() == present.keys(), record
            said.update(present.values())
    assert set(wordings) == said


def test_records_keep_what_editors_wrote(demo: str) -> None:
    topic, person = Topic.objects.get(slug="ocop"), Person.objects.get(slug="tran-dinh-nghi")
    translate_record(topic, "en", {"name": "OCOP"})
    translate_record(person, "en", {"position": ""})
    renamed = Topic.objects.get(slug="dat-dai")
    translate_record(renamed, "en", {"name": ""})
    renamed.name = "Đất đai, nhà ở"
    renamed.save()
    count = RecordTranslation.objects.count()
    assert "1 created, 0 updated" in run_load_portal(only_translations=True)
    assert "nothing was changed" in run_load_portal()
    assert RecordTranslation.objects.count() == count + 1
    assert load_texts(Topic, "en")[topic.pk] == {"name": "OCOP"}
    assert load_texts(Person, "en")[person.pk] == {"position": "Vice Chair"}
    assert renamed.pk not in load_texts(Topic, "en")
    run_load_portal(refresh=True)
    assert load_texts(Topic, "en")[topic.pk] == {"name": "OCOP"}


def test_addresses_are_english(demo: str) -> None:
    titles = PublishedDocument.objects.filter(locale="en").values_list("path", flat=True)
    vietnamese = {
        slug
        for path in PublishedDocument.objects.filter(locale="vi").values_list("path", flat=True)
        for slug in path.strip("/").split("/")
        if slug
    }
    assert [path for path in titles if vietnamese & set(path.strip("/").split("/"))] == []


def test_menus_and_facts_speak_english(demo: str) -> None:
    main = get("/api/v1/menus/main?locale=en")
    assert [item["path"] for item in main["items"]] == ["/en/", *SECTIONS]
    assert get("/api/v1/menus/footer?locale=en")["locale"] == "en"
    site = get("/api/v1/site?locale=en")
    assert site["name"] == "Cooperative Alliance of Thanh Giang Province"
    assert [one["code"] for one in site["locales"]] == ["vi", "en"]


def test_what_was_deleted_comes_back_and_nothing_twice(demo: str) -> None:
    english = PublishedDocument.objects.get(path=SECTIONS[2]).page
    count = Page.objects.filter(locale=english.locale).count()
    PublishedDocument.objects.get(path=PLAN).page.specific.delete()
    assert "1 created, 0 updated" in run_load_portal()
    assert PublishedDocument.objects.filter(path=PLAN).exists()
    PublishedDocument.objects.get(path=CONTACT).page.specific.delete()
    assert "1 created, 0 updated" in run_load_portal()
    assert Page.objects.filter(locale=english.locale).count() == count


def test_portal_of_an_earlier_version_gets_them_and_keeps_its_editors_work(demo: str) -> None:
    assert not lacks_translations()
    user = get_user_model().objects.create_superuser("bien-tap")
    PublishedDocument.objects.get(path="/en/").page.specific.delete()
    Menu.objects.filter(locale__language_code="en").delete()
    SiteFacts.objects.get().translations.all().delete()
    assert not lacks_translations()  # somebody had begun to translate
    TranslationSource.objects.all().delete()
    assert lacks_translations()
    edited = PublishedDocument.objects.get(path=CONTACT).page.specific
    edited.lead = "Đã sửa"
    edited.save_revision(user=user).publish(user=user)
    PublishedDocument.objects.get(path=RATES).page.specific.delete()
    run_load_portal(only_translations=True)
    assert not lacks_translations()
    edited.refresh_from_db()
    assert edited.lead == "Đã sửa"
    assert not PublishedDocument.objects.filter(path=RATES).exists()
    assert not state_of(CONTACT).published
    assert PublishedDocument.objects.filter(path=PLAN).exists()
    assert Menu.objects.filter(locale__language_code="en").count() == 2


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("en/b.po", 'msgid "Tin"\nmsgstr "News"\n', "no page of that name"),
        ("en/a.po", "Tin\n", "a.po"),
        ("en/a.po", '#| msgid "Cũ"\nmsgid "Khác"\nmsgstr "Other"\n', "does not say “Khác”"),
    ],
)
def test_file_that_fits_no_page_is_named(
    db: None, tmp_path: Any, name: str, text: str, said: str
) -> None:
    page = "type: home\npath: /\nlocale: vi\ntitle: Trang chủ\n"
    for folder in ("vi", "en"):
        (tmp_path / folder).mkdir()
    (tmp_path / "vi" / "a.yaml").write_text(page, encoding="utf-8")
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=said):
        run_load_portal(content=tmp_path)


def test_files_are_sound() -> None:
    for path in sorted(CONTENT_FOLDER.glob("en/**/*.po")):
        file = polib.pofile(str(path), check_for_duplicates=True)
        assert file.metadata["Language"] == "en", path
        assert all(entry.msgstr.strip() == entry.msgstr for entry in file), path
