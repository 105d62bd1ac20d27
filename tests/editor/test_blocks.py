"""The blocks in the editor: each has a sample, a description and its place in the list."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import translation
from wagtail.admin.wagtail_hooks import register_icons
from wagtail.images.tests.utils import get_test_image_file

from cms.editor.templatetags.documents import blocks as render_blocks
from cms.pages.models import PortalDocument, PortalImage
from cms.plugins.article.models import ArticlePage
from cms.plugins.official_document.models import OfficialDocumentPage
from tests.editor.plan import BODY
from tests.fixtures.portal import Portal, stored

BODIES = [ArticlePage.body.field, OfficialDocumentPage.body.field]
BLOCKS = [
    pytest.param(block, id=f"{field.model._meta.model_name}-{name}")
    for field in BODIES
    for name, block in field.stream_block.child_blocks.items()
    if name != "unavailable"
]
VIETNAMESE = re.compile(r"[à-ỹđ]", re.IGNORECASE)


@pytest.fixture
def media(db: None) -> None:
    """An image and a file for the samples that need one."""
    PortalImage.objects.create(title="Lễ ký kết", file=get_test_image_file())
    PortalDocument.objects.create(title="Biểu mẫu", file=get_test_image_file("mau.png"))


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_has_a_sample_that_the_admin_shows(
    admin_client: Client, portal: Portal, media: None, block: Any
) -> None:
    portal.article("Bài để chọn")
    assert block.is_previewable
    answer = admin_client.get("/admin/block-preview/", {"id": block.definition_prefix})
    assert answer.status_code == 200
    page = answer.content.decode()
    shown = page.split("<main>")[1].split("</main>")[0]
    assert re.sub(r"<[^>]+>|\s", "", shown) or "<img" in shown
    assert "{" not in shown


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_is_named_described_and_grouped_in_vietnamese(block: Any) -> None:
    with translation.override("vi"):
        groups = {"Văn bản", "Điều khoản kế hoạch", "Đa phương tiện"}
        assert str(block.meta.group) in groups
        assert VIETNAMESE.search(str(block.get_description()))
        assert str(block.label) != block.name
    assert f"wagtailadmin/icons/{block.meta.icon}.svg" in register_icons([])


def test_the_stand_in_is_known_and_not_offered() -> None:
    from cms.pages.blocks.base import KeepingStreamBlockAdapter

    block = OfficialDocumentPage.body.field.stream_block
    _name, groups, _defaults, meta = KeepingStreamBlockAdapter().js_args(block)
    assert "unavailable" in meta["notOffered"]
    assert any(child.name == "unavailable" for _group, children in groups for child in children)


def headings(markup: str) -> list[int]:
    """The levels of the headings in a piece of HTML, in order."""
    return [int(level) for level in re.findall(r"<h([1-6])[ >]", markup)]


def test_a_plan_is_shown_with_its_numbers_and_without_gaps(portal: Portal) -> None:
    body = stored(portal.document(body=BODY))["body"]
    with translation.override("vi"):
        markup = str(render_blocks(body))
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", markup))
    for piece in ("I. Mục đích, yêu cầu", "2. Yêu cầu", "b) Học viên", "II. Tổ chức thực hiện"):
        assert piece in text
    assert headings(markup) == [2, 3, 3, 2]
    assert '<dl class="task">' in markup
    assert "ngày 15 tháng 02 năm 2027" in markup
    assert '<th scope="col">Huyện</th>' in markup
    assert "<caption>Phân bổ lớp học</caption>" in markup
    assert markup.count('<ul class="dashes">') == 1  # two dash points in one list


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [(["4", "2", "4", "3"], [2, 2, 3, 3]), (["2", "3", "4", "2"], [2, 3, 4, 2])],
)
def test_headings_leave_no_level_out(chosen: list[str], shown: list[int]) -> None:
    body = [{"type": "heading", "value": {"text": "Tiêu đề", "level": level}} for level in chosen]
    assert headings(str(render_blocks(body))) == shown


@pytest.mark.parametrize(
    ("header_row", "header_column"), [(True, True), (True, False), (False, True), (False, False)]
)
@pytest.mark.parametrize("rows", [[], [["a", "b"]], [["a", "b"], ["c", "d"], ["e", "f"]]])
def test_tables_are_well_formed(
    header_row: bool, header_column: bool, rows: list[list[str]]
) -> None:
    value = {
        "caption": "",
        "header_row": header_row,
        "header_column": header_column,
        "rows": rows,
    }
    markup = str(render_blocks([{"type": "table", "value": value}]))
    for tag in ("thead", "tbody", "tr", "th", "td"):
        assert markup.count(f"<{tag}>") + markup.count(f"<{tag} ") == markup.count(f"</{tag}>")
    assert markup.count("<tr>") == len(rows)


def test_what_editors_wrote_is_escaped_where_it_is_no_html() -> None:
    body = [{"type": "heading", "value": {"text": "<script>", "level": "2"}}]
    assert "<script>" not in str(render_blocks(body))


def test_a_block_without_a_template_is_still_shown() -> None:
    value = {"title": "Lịch", "days": ["thứ Hai", "thứ Ba"], "items": [{"place": "Huế"}]}
    markup = str(render_blocks([{"type": "of_some_plugin", "value": value}]))
    for piece in ("Lịch", "thứ Ba", "Huế"):
        assert piece in markup


def test_a_block_of_a_missing_plugin_is_not_shown() -> None:
    body = [{"type": "unavailable", "id": "1", "original_type": "secret"}]
    assert "secret" not in str(render_blocks(body))


def test_the_numbers_of_legal_texts() -> None:
    template = Template("{% load documents %}{{ number|numbered:kind }}")
    with translation.override("vi"):
        shown = [
            template.render(Context({"number": number, "kind": kind}))
            for number, kind in (
                ("I", "part"), ("II", "chapter"), ("I", "section"), ("1", "section"),
                ("1", "subsection"), ("3", "article"), ("2", "clause"), ("đ", "point"),
            )
        ]  # fmt: skip
    assert shown == [
        "Phần I.", "Chương II.", "I.", "Mục 1.", "Tiểu mục 1.", "Điều 3.", "2.", "đ)",
    ]  # fmt: skip
