"""What goes to translators is what ``exposed_fields`` and blocks say."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Locale
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    StringSegment,
    Translation,
    TranslationContext,
)

from cms.pages.exposed import ExposedField
from cms.plugins.article.models import ArticlePage
from cms.plugins.gallery.models import PhotoAlbumPage, PhotoItem
from cms.plugins.registry import ContentType, registry
from cms.translation.declared import declare
from tests.factories import block, make_image
from tests.fixtures.portal import Portal, publish
from tests.translation.languages import begin, shown, submit, translate


@pytest.fixture
def english(portal: Portal) -> Locale:
    return begin(portal, "en")[0]


def paths(translation: Translation, model: Any = StringSegment) -> set[str]:
    rows = model.objects.filter(source=translation.source)
    return set(rows.values_list("context__field_path", flat=True))


def test_only_declared_texts_are_translated(portal: Portal, english: Locale) -> None:
    page = portal.article("Bài", lead="Mở đầu", source_name="Báo", image=make_image())
    translation = submit(page, english)
    assert paths(translation) == {"title", "lead"}
    assert {"slug", "source_name", "image"} <= paths(translation, OverridableSegment)


def test_value_taken_over_may_be_overridden(portal: Portal, english: Locale) -> None:
    page = portal.article("Bài", source_name="Báo")
    translation = submit(page, english)
    context = TranslationContext.objects.get(object_id=page.translation_key, path="source_name")
    SegmentOverride.objects.create(locale=english, context=context, data_json='"The paper"')
    translation.save_target(publish=False)
    assert translation.get_target_instance().source_name == "The paper"


def test_texts_of_child_rows_are_translated(portal: Portal, english: Locale) -> None:
    image, other = make_image(), make_image("Hai")
    photos = [
        PhotoItem(image=image, alt="Ảnh một", caption="Chú thích", credit="PKH"),
        PhotoItem(image=other, alt="Ảnh hai"),
    ]
    album = publish(portal.news, PhotoAlbumPage(title="Hội nghị", photos=photos))
    translation = submit(album, english)
    translate(translation)
    translation.save_target(publish=True)
    target = PhotoAlbumPage.objects.get(locale=english)
    assert [(row.alt, row.caption, row.credit) for row in target.photos.all()] == [
        ("EN Ảnh một", "EN Chú thích", "PKH"),
        ("EN Ảnh hai", "", ""),
    ]
    assert [row.alt for row in PhotoAlbumPage.objects.get(pk=album.pk).photos.all()] == [
        "Ảnh một", "Ảnh hai",
    ]  # fmt: skip


def test_list_without_ids_and_text_that_is_left_out(portal: Portal, english: Locale) -> None:
    body = [
        block("page_cards", {"title": "Đọc thêm", "pages": [portal.texts.pk]}),
        block("callout", {"style": "note", "text": "<p>Lưu ý</p>"}),
    ]
    page = portal.article("Bài", body=body)
    translation = submit(page, english)
    assert {"Đọc thêm", "Lưu ý"} <= shown(translation).keys()
    assert "body.page_cards.pages.item" in paths(translation, OverridableSegment)
    before = set(StringSegment.objects.values_list("context__path", flat=True))
    translation.source.update_from_db()
    assert set(StringSegment.objects.values_list("context__path", flat=True)) == before
    translation.save_target(publish=False)


def test_block_that_is_the_same_in_every_language(portal: Portal, english: Locale) -> None:
    value = {"number": "60/KH-LMHTX", "subject": "Trích yếu"}
    translation = submit(portal.article("Bài", body=[block("citation", value)]), english)
    assert "body.citation.subject" in paths(translation)
    assert "body.citation.number" not in paths(translation)
    assert "body.citation.number" in paths(translation, OverridableSegment)
    translation.save_target(publish=False)
    target = translation.get_target_instance()
    assert target.body[0].value["number"] == "60/KH-LMHTX"


def test_switching_a_field_keeps_its_translations(
    portal: Portal, english: Locale, monkeypatch: pytest.MonkeyPatch
) -> None:
    translation = submit(portal.article("Bài", lead="Mở đầu"), english)
    translate(translation)
    content_type = registry.get("article")
    without = ContentType(
        name=content_type.name,
        graphql_name=content_type.graphql_name,
        model=content_type.model,
        plugin=content_type.plugin,
        is_page=True,
        exposed_fields=(ExposedField("lead"),),
    )
    with monkeypatch.context() as switched:
        switched.setattr(ArticlePage, "override_translatable_fields", declare(without))
        translation.source.update_from_db()
        assert "Mở đầu" not in shown(translation)
    translation.source.update_from_db()
    assert shown(translation)["Mở đầu"] == "EN Mở đầu"
