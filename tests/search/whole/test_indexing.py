"""Indexes follow the feed, are built anew beside themselves, compared and mended."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from cms.changes.models import FollowerCursor
from cms.plugins.section.models import SectionPage
from search.contract import Entry
from search.indexing.rebuild import rebuild_index
from search.indexing.verify import verify_index
from tests.factories import make_organisation
from tests.fixtures.portal import Portal, publish
from tests.search.whole.conftest import Search


def test_every_change_of_a_page_reaches_the_index(search: Search, portal: Portal) -> None:
    page = portal.article("Gạo nếp")
    search.follow()
    assert search.titles("gao nep") == ["Gạo nếp"]
    page.title = "Gạo tẻ"
    page.save_revision().publish()
    search.follow()
    assert search.titles("gao te") == ["Gạo tẻ"]
    page.move(portal.texts, pos="last-child")
    search.follow()
    assert search.titles("gao te", within="/van-ban/") == ["Gạo tẻ"]
    page.delete()
    search.follow()
    assert not verify_index(search.engine)
    assert search.titles("gao te") == []


def test_what_was_rolled_back_leaves_nothing_in_the_index(search: Search, portal: Portal) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        portal.article("Chưa từng có")
        search.follow()
        raise RuntimeError
    search.follow()
    assert search.titles("chưa từng có") == []


def test_moving_a_section_moves_its_pages_in_the_index(search: Search, portal: Portal) -> None:
    inner = publish(portal.news, SectionPage(title="Sự kiện"))
    portal.article("Hội thao", parent=inner)
    search.follow()
    inner.move(portal.texts, pos="last-child")
    search.follow()
    assert search.titles("hội thao", within="/van-ban/su-kien/") == ["Hội thao"]
    assert search.titles("hội thao", within="/tin-tuc/") == []


def test_a_shared_record_that_is_renamed_is_searched_by_its_new_name(
    search: Search, portal: Portal
) -> None:
    issuer = make_organisation("lmhtx", "Liên minh cũ")
    portal.document(issuer=issuer)
    search.follow()
    issuer.name = "Liên hiệp Thanh Giang"
    issuer.save()
    search.follow()
    assert search.titles("thanh giang") == ["Kế hoạch 60/KH-LMHTX"]
    assert not verify_index(search.engine)


def test_a_rebuilt_index_goes_on_from_where_the_feed_is(search: Search, portal: Portal) -> None:
    portal.article("Trước")
    counted: list[int] = []
    count = rebuild_index(search.engine, counted.append)
    assert count == sum(counted) == 4
    cursor = FollowerCursor.objects.get(name=search.engine.follower_name)
    assert cursor.holder == ""
    portal.article("Sau")
    search.follow()
    assert not verify_index(search.engine)


def test_what_changes_while_an_index_is_built_is_in_it(search: Search, portal: Portal) -> None:
    page = portal.article("Sửa lúc đang dựng")
    withdrawn = portal.article("Gỡ lúc đang dựng")

    def change(_count: int) -> None:
        page.title = "Đã sửa xong"
        page.save_revision().publish()
        withdrawn.unpublish()
        portal.article("Mới thêm")

    rebuild_index(search.engine, change)
    assert search.titles("đã sửa xong") == ["Đã sửa xong"]
    assert "Mới thêm" in search.titles("mới thêm")
    assert not verify_index(search.engine)


def test_differences_are_found_and_mended(search: Search, portal: Portal) -> None:
    kept, lost = portal.article("Giữ"), portal.article("Mất")
    search.follow()
    with search.engine.writing() as writer:
        fields = {"text_fold": "ma", "type": ["article"], "locale": ["vi"]}
        writer.remove([lost.pk], 10_000)
        writer.write([Entry(kept.pk, "vi", "another", fields)], 10_000)
        writer.write([Entry(987_654, "vi", "nothing", fields)], 10_000)
        writer.commit()
    found = verify_index(search.engine)
    assert (found.missing, found.outdated, found.left_over) == ([lost.pk], [kept.pk], [987_654])


def test_commands_tell_what_they_did(search: Search, portal: Portal) -> None:
    portal.article("Một bài")
    out = StringIO()
    with pytest.raises(CommandError, match="--mend"):
        call_command("verify_search", search.engine.name, stdout=out)
    assert "1 not in the index" in out.getvalue()
    call_command("verify_search", search.engine.name, mend=True, stdout=out)
    assert "mended" in out.getvalue()
    call_command("verify_search", search.engine.name, stdout=out)
    call_command("rebuild_search", search.engine.name, stdout=out)
    assert f"{search.engine.name}: 4 pages." in out.getvalue()
    with pytest.raises(CommandError, match="embedded"):
        call_command("rebuild_search", "solr")
