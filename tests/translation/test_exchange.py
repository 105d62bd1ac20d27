"""Files go out, come back, and are taken in whole or not at all."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.exchange.formats import FORMATS, read_file
from cms.translation.exchange.importing import plan_import
from cms.translation.segments import translations_below
from tests.translation.samples import (
    RICH_EN,
    Sample,
    every_format,
    export,
    segment_of,
    take_in,
    wording_of,
    write_wording,
)

pytestmark = pytest.mark.usefixtures("in_english")


@every_format
def test_what_goes_out_comes_back_as_it_was(pair: tuple[Translation, ...], name: str) -> None:
    plan = plan_import(read_file(export(*pair, name=name).encode()))
    assert (plan.problems, plan.changes, plan.unchanged) == ([], [], 2)
    assert plan.empty == 2


@every_format
def test_a_wording_that_was_changed_in_the_file_is_taken_in(
    pair: tuple[Translation, ...], name: str, admin: User
) -> None:
    one, _other = pair
    content = export(one, name=name).replace("new-style", "modern").replace("Plan one", "Plan 1")
    plan = take_in(content, admin)
    assert len(plan.changes) == 2
    assert wording_of(one, "kiểu mới") == RICH_EN.replace("new-style", "modern")
    saved = segment_of(one, "Kế hoạch").translated
    assert saved is not None
    assert (saved.data, saved.translation_type) == ("Plan 1", "manual")
    assert (saved.tool_name, saved.last_translated_by) == (FORMATS[name].label, admin)


@every_format
def test_only_what_is_untranslated(pair: tuple[Translation, ...], name: str) -> None:
    content = export(*pair, name=name, only_untranslated=True)
    assert "Kế hoạch một" not in content.replace("<note>Kế hoạch một</note>", "")
    assert "Kế hoạch hai" in content


def test_a_section_is_one_file_made_with_as_many_queries_as_a_page(sample: Sample) -> None:
    for number in range(6):
        sample.article(f"Bài {number}", f"<p>Nội dung {number}</p>")
    translations = list(translations_below(sample.portal.news, sample.locale))
    assert len(translations) == 7  # the section itself too
    with CaptureQueriesContext(connection) as queries:
        content = export(*translations, name="xliff20")
    assert len(queries) == 2
    assert all(f"Nội dung {number}" in content for number in range(6))


@every_format
def test_what_a_machine_made_is_marked_for_a_look(pair: tuple[Translation, ...], name: str) -> None:
    _one, other = pair
    write_wording(other, "Kế hoạch", "Plan two", kind="machine", tool="DeepL")
    content = export(other, name=name)
    marks = {"xliff12": "needs-review", "xliff20": "needs-review", "po": "#, fuzzy"}
    assert marks[name] in content
    assert plan_import(read_file(content.encode())).unchanged == 1


@every_format
def test_a_wording_that_a_tool_says_is_a_draft_is_left_out(
    pair: tuple[Translation, ...], name: str
) -> None:
    content = export(pair[0], name=name).replace("Plan one", "Plan 1")
    content = content.replace(
        'state="translated"', 'state="new"' if name == "xliff12" else 'state="initial"'
    )
    content = content.replace("msgctxt", "#, fuzzy\nmsgctxt")
    plan = plan_import(read_file(content.encode()))
    assert (plan.problems, plan.changes, plan.drafts) == ([], [], 1)


def test_nothing_is_written_for_what_is_the_same(pair: tuple[Translation, ...]) -> None:
    before = list(StringTranslation.objects.values_list("pk", "updated_at"))
    take_in(export(*pair, name="xliff20"))
    assert list(StringTranslation.objects.values_list("pk", "updated_at")) == before
