"""Texts of shared records in other languages: in documents, and in the admin."""

from __future__ import annotations

from typing import Any

import orjson
import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from cms.changes.models import Change
from cms.pages.build import Build
from cms.pages.builder import build_document
from cms.pages.models import ContentPage, PublishedDocument, RecordTranslation, Topic
from cms.pages.record_translations import translate_record
from cms.plugins.article.models import ArticlePage
from tests.factories import make_organisation, make_person, make_topic, translate
from tests.fixtures.portal import Portal, read


@pytest.fixture
def topic(portal: Portal) -> Topic:
    return make_topic("thi-dua", "Thi đua")


def address(record: Any) -> str:
    meta = record._meta
    return reverse("translation_records:record", args=[meta.app_label, meta.model_name, record.pk])


def written(page: ContentPage) -> dict[str, Any]:
    body: dict[str, Any] = orjson.loads(build_document(page, Build()).body)
    return body


def test_document_shows_records_in_its_own_language(portal: Portal, topic: Topic) -> None:
    below = make_topic("guong", "Gương", parent=topic)
    body, author = make_organisation(), make_person()
    author.position = "Chủ tịch"
    author.save()
    translate_record(topic, "en", {"name": "Emulation"})
    translate_record(below, "en", {"name": "Role models"})
    translate_record(body, "en", {"name": "Cooperative Alliance"})
    translate_record(author, "en", {"position": "President"})
    page = portal.article("Bài", topics=[below], byline_unit=body)
    source, english = written(page), written(translate(page, "Article"))
    signed = written(translate(portal.article("Hai", byline_person=author), "Another"))
    assert english["topics"][0]["name"] == "Role models"
    assert english["topics"][0]["path"] == ["Emulation", "Role models"]
    assert english["byline_unit"]["name"] == "Cooperative Alliance"
    assert signed["byline_person"]["position"] == "President"
    assert signed["byline_person"]["full_name"] == author.full_name
    assert source["topics"][0]["path"] == ["Thi đua", "Gương"]
    assert source["byline_unit"]["name"] == "Liên minh HTX"


def test_untranslated_text_is_shown_as_the_record_has_it(portal: Portal, topic: Topic) -> None:
    page = translate(portal.article("Bài", topics=[topic]), "Article")
    assert written(page)["topics"][0]["name"] == "Thi đua"


def test_card_of_a_page_speaks_that_pages_language(portal: Portal, topic: Topic) -> None:
    translate_record(topic, "en", {"name": "Emulation"})
    source = portal.article("Bài", topics=[topic])
    build = Build()
    build.locale = "en"
    PublishedDocument.objects.update(stale=True)
    card: Any = build.card(source.pk)
    assert card["topics"][0]["name"] == "Thi đua"
    assert build.locale == "en"


def test_translating_a_record_makes_its_documents_stale(portal: Portal, topic: Topic) -> None:
    page = translate(portal.article("Bài", topics=[topic]), "Article")
    before = Change.objects.count()
    translate_record(topic, "en", {"name": "Emulation"})
    assert Change.objects.count() == before + 1
    assert PublishedDocument.objects.get(pk=page.pk).stale
    assert orjson.loads(read(pk=page.pk).body)["topics"][0]["name"] == "Emulation"
    translate_record(topic, "en", {"name": " "})
    assert orjson.loads(read(pk=page.pk).body)["topics"][0]["name"] == "Thi đua"


def test_queries_of_a_document_do_not_grow_with_its_records(portal: Portal) -> None:
    topics = [make_topic(f"muc-{number}", f"Mục {number}") for number in range(9)]
    for topic in topics:
        translate_record(topic, "en", {"name": f"Topic {topic.pk}"})

    def cost(page: ContentPage) -> int:
        page = ArticlePage.objects.get(pk=page.pk)
        with CaptureQueriesContext(connection) as queries:
            build_document(page, Build())
        return len(queries)

    few = portal.article("Một", topics=topics[:1])
    many = portal.article("Nhiều", topics=topics)
    english = [translate(page, f"In English {page.pk}") for page in (few, many)]
    assert cost(few) == cost(many)
    assert cost(english[0]) == cost(english[1])
    # The portal's own language asks for no translations at all.
    with CaptureQueriesContext(connection) as queries:
        written(ArticlePage.objects.get(pk=many.pk))
    assert not [one for one in queries if RecordTranslation._meta.db_table in one["sql"]]


def test_deleted_record_leaves_no_translations(topic: Topic) -> None:
    translate_record(topic, "en", {"name": "Emulation"})
    Topic.objects.filter(pk=topic.pk).delete()
    assert not RecordTranslation.objects.exists()


@pytest.mark.parametrize(("code", "field"), [("vi", "name"), ("en", "slug")])
def test_what_is_not_translated_is_refused(topic: Topic, code: str, field: str) -> None:
    with pytest.raises(ValueError, match=code if code == "vi" else "these are: name"):
        translate_record(topic, code, {field: "x"})


def test_texts_are_translated_in_the_admin(admin_client: Client, topic: Topic) -> None:
    page = admin_client.get(address(topic)).content.decode()
    assert "Thi đua" in page
    answer = admin_client.post(address(topic), {"en-name": "Emulation"})
    assert answer.status_code == 302
    assert RecordTranslation.objects.get().text == "Emulation"
    assert 'value="Emulation"' in admin_client.get(address(topic)).content.decode()
    admin_client.post(address(topic), {"en-name": ""})
    assert not RecordTranslation.objects.exists()


def test_every_language_has_its_text(admin_client: Client, topic: Topic) -> None:
    Locale.objects.create(language_code="fr")
    admin_client.post(address(topic), {"en-name": "Emulation", "fr-name": "Émulation"})
    rows = RecordTranslation.objects.values_list("locale", "text")
    assert dict(rows) == {"en": "Emulation", "fr": "Émulation"}


def test_record_leads_to_its_translations(admin_client: Client, topic: Topic) -> None:
    viewset = Topic.snippet_viewset
    for name, arguments in (("list", []), ("edit", [topic.pk])):
        page = admin_client.get(reverse(viewset.get_url_name(name), args=arguments))
        assert address(topic) in page.content.decode(), name


def test_changed_record_asks_for_a_review(admin_client: Client, topic: Topic) -> None:
    translate_record(topic, "en", {"name": "Emulation"})
    topic.name = "Thi đua yêu nước"
    topic.save()
    edit = reverse(Topic.snippet_viewset.get_url_name("edit"), args=[topic.pk])
    assert "1 nội dung cần rà soát" in admin_client.get(edit).content.decode()
    assert "Thi đua<ins> yêu nước</ins>" in admin_client.get(address(topic)).content.decode()
    # Saving without a look at it settles nothing; the tick does.
    admin_client.post(address(topic), {"en-name": "Emulation"})
    assert RecordTranslation.objects.get().source == "Thi đua"
    admin_client.post(address(topic), {"en-name": "Emulation", "right-en-name": "on"})
    assert RecordTranslation.objects.get().source == "Thi đua yêu nước"


def test_text_that_is_too_long_is_refused(admin_client: Client, topic: Topic) -> None:
    answer = admin_client.post(address(topic), {"en-name": "x" * 121})
    assert 'aria-invalid="true"' in answer.content.decode()
    assert not RecordTranslation.objects.exists()


def test_who_may_not_change_the_record_may_not_translate_it(client: Client, topic: Topic) -> None:
    user = User.objects.create_user("reader", password="x")
    editors: Any = Group.objects.get(name="Biên tập viên")
    editors.permissions.filter(codename="change_topic").delete()
    user.groups.add(editors)
    client.force_login(user)
    assert client.get(address(topic)).status_code in {302, 403}
    assert client.post(address(topic), {"en-name": "x"}).status_code in {302, 403}
    assert not RecordTranslation.objects.exists()


@pytest.mark.parametrize("place", ["pages/topic/987654", "pages/page/1", "no/thing/x"])
def test_what_is_no_record_is_not_found(admin_client: Client, place: str, db: None) -> None:
    base = reverse("translation_records:record", args=["a", "b", "c"])
    assert admin_client.get(base.replace("a/b/c", place)).status_code == 404
