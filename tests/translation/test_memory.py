"""The translation memory: what is offered, whence, and that nothing is overwritten in it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz
from wagtail.models import GroupPagePermission, Locale

from cms.translation.access import readable_keys
from cms.translation.memory.filling import MEMORY_TOOL, fill_from_memory
from cms.translation.memory.models import MemoryEntry
from cms.translation.memory.remembering import remember_all
from cms.translation.memory.suggesting import Suggestion, suggest
from cms.translation.memory.texts import MAX_KEYS, keys_of, lengths_like
from cms.translation.segments import load_segments
from tests.factories import make_private
from tests.translation.samples import Sample, article_of, segment_of, wording_of, write_wording


def ask(sample: Sample, source: str, *, limit: int = 5) -> list[Suggestion]:
    vietnamese = Locale.objects.get(language_code="vi")
    return suggest(source, vietnamese, sample.locale, limit=limit)


def test_the_same_text_of_another_page_is_offered_with_where_it_comes_from(
    sample: Sample, admin: User
) -> None:
    one = sample.article("Đại hội thành viên")
    write_wording(one, "Đại hội", "General meeting of members", user=admin)
    (found,) = ask(sample, "Đại hội thành viên")
    assert (found.likeness, found.wording) == (100, "General meeting of members")
    assert found.object_key == one.source.object_id
    assert (found.path, found.user_id, found.is_machine) == ("title", admin.pk, False)


def test_a_like_text_is_offered_with_its_likeness(sample: Sample) -> None:
    one = sample.article("Kế hoạch phát triển hợp tác xã năm 2025")
    write_wording(one, "Kế hoạch", "Cooperative development plan for 2025")
    (found,) = ask(sample, "Kế hoạch phát triển hợp tác xã năm 2026")
    assert found.source == "Kế hoạch phát triển hợp tác xã năm 2025"
    assert 90 <= found.likeness < 100
    assert ask(sample, "Thông báo tuyển dụng viên chức năm 2026") == []


def test_the_same_words_with_other_codes_are_not_the_same_text(sample: Sample) -> None:
    write_wording(sample.article("Hợp tác xã kiểu mới"), "kiểu mới", "New-style cooperative")
    (found,) = ask(sample, "Hợp tác xã <b>kiểu mới</b>")
    assert found.likeness == 99


def test_another_wording_is_another_entry_and_the_former_one_stays(sample: Sample) -> None:
    one = sample.article("Đại hội thành viên")
    write_wording(one, "Đại hội", "Members' congress")
    write_wording(one, "Đại hội", "General meeting of members")
    found = ask(sample, "Đại hội thành viên")
    assert [(s.wording, s.current) for s in found] == [
        ("General meeting of members", True),
        ("Members' congress", False),
    ]


def test_what_a_person_wrote_comes_before_what_a_machine_did(sample: Sample) -> None:
    write_wording(sample.article("Đại hội thành viên"), "Đại hội", "By a person")
    other = sample.article("Đại hội thành viên")
    write_wording(other, "Đại hội", "By a machine", kind="machine", tool="DeepL")
    assert [s.wording for s in ask(sample, "Đại hội thành viên")] == ["By a person", "By a machine"]


def test_the_memory_outlives_the_segment(sample: Sample) -> None:
    one = sample.article("Đại hội thành viên")
    write_wording(one, "Đại hội", "General meeting of members").delete()
    (found,) = ask(sample, "Đại hội thành viên")
    assert not found.current


def test_a_wording_with_an_error_is_not_offered(sample: Sample) -> None:
    one = sample.article("Đại hội thành viên")
    write_wording(one, "Đại hội", "<script>General meeting</script>")
    assert [s for s in ask(sample, "Đại hội thành viên") if s.current] == []


def test_a_portal_that_was_translated_before_is_taken_in(sample: Sample) -> None:
    write_wording(sample.article("Đại hội thành viên"), "Đại hội", "General meeting of members")
    MemoryEntry.objects.all().delete()
    remember_all()
    assert remember_all() == 1  # again changes nothing
    assert len(ask(sample, "Đại hội thành viên")) == 1


def test_asking_takes_as_many_queries_whatever_is_known(sample: Sample) -> None:
    for year in range(2010, 2026):
        title = f"Kế hoạch phát triển hợp tác xã năm {year}"
        write_wording(sample.article(title), "Kế hoạch", f"Plan {year}")
    with CaptureQueriesContext(connection) as queries:
        found = ask(sample, "Kế hoạch phát triển hợp tác xã năm 2026", limit=10)
    assert len(found) == 10
    # The locale, the text itself, its keys, their texts, their sources, their wordings.
    assert len(queries) == 6


def test_whose_texts_a_translator_may_read(sample: Sample) -> None:
    public, private, own = (sample.article(f"Bài {n}") for n in range(3))
    make_private(article_of(private))
    make_private(article_of(own))
    group = Group.objects.create(name="Dịch")
    permission = {"content_type__app_label": "wagtailcore", "codename": "change_page"}
    GroupPagePermission.objects.create(
        group=group,
        page=article_of(own),
        permission=GroupPagePermission.permission.field.related_model.objects.get(**permission),
    )
    user = User.objects.create_user("dich")
    user.groups.add(group)
    keys = {one.source.object_id for one in (public, private, own)}
    assert readable_keys(user, keys) == {public.source.object_id, own.source.object_id}


class TestFilling:
    """What is known for certain is filled in."""

    def test_empty_segments_are_filled_and_say_so(self, sample: Sample, admin: User) -> None:
        write_wording(sample.article("Đại hội thành viên"), "Đại hội", "General meeting")
        other = sample.article("Đại hội thành viên", "<p>Khác</p>")
        done = fill_from_memory([other], admin)
        assert (done.filled, done.ambiguous) == (1, 0)
        saved = segment_of(other, "Đại hội").translated
        assert saved is not None
        assert (saved.data, saved.tool_name) == ("General meeting", MEMORY_TOOL)
        assert (saved.translation_type, saved.last_translated_by) == ("manual", admin)

    def test_what_a_machine_made_still_says_so(self, sample: Sample, admin: User) -> None:
        one = sample.article("Đại hội thành viên")
        write_wording(one, "Đại hội", "General meeting", kind="machine", tool="DeepL")
        other = sample.article("Đại hội thành viên", "<p>Khác</p>")
        fill_from_memory([other], admin)
        saved = segment_of(other, "Đại hội").translated
        assert saved is not None
        assert saved.translation_type == "machine"

    def test_several_wordings_are_left_to_the_translator(self, sample: Sample, admin: User) -> None:
        for wording in ("General meeting", "Members' congress"):
            write_wording(sample.article("Đại hội thành viên"), "Đại hội", wording)
        other = sample.article("Đại hội thành viên", "<p>Khác</p>")
        assert fill_from_memory([other], admin).ambiguous == 1
        assert wording_of(other, "Đại hội") == ""

    def test_what_is_translated_stays(self, sample: Sample, admin: User) -> None:
        write_wording(sample.article("Đại hội thành viên"), "Đại hội", "General meeting")
        other = sample.article("Đại hội thành viên", "<p>Khác</p>")
        write_wording(other, "Đại hội", "Mine")
        fill_from_memory([other], admin)
        assert wording_of(other, "Đại hội") == "Mine"

    def test_addresses_are_never_filled(self, sample: Sample) -> None:
        one = sample.article("Đại hội")
        assert "slug" not in {segment.path for segment in load_segments([one])[one.pk]}


words = st.lists(
    st.sampled_from(["hợp", "tác", "xã", "kế", "hoạch", "năm", "mới", "đại", "hội"]), min_size=1
)


@given(words, words)
def test_no_like_text_is_cut_off_by_its_length(first: list[str], second: list[str]) -> None:
    one, other = " ".join(first), " ".join(second)
    if fuzz.ratio(one, other) >= 70:
        least, greatest = lengths_like(len(one), 0.7)
        assert least <= len(other) <= greatest


@given(words)
def test_keys_are_few_and_of_one_locale(text: list[str]) -> None:
    keys = keys_of(" ".join(text), "vi")
    assert 0 < len(keys) <= MAX_KEYS
    assert not keys & keys_of(" ".join(text), "en")


@pytest.mark.parametrize("text", ["", "…", "– –"])
def test_a_text_without_words_has_no_keys(text: str) -> None:
    assert keys_of(text, "vi") == set()
