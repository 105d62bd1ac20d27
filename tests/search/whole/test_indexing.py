"""Indexes follow the feed, are built anew beside themselves, compared and mended."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from io import StringIO
from unittest import mock

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction

from cms.changes.models import FollowerCursor
from cms.pages.models import PublishedDocument
from cms.pages.reading import fresh_documents
from cms.plugins.section.models import SectionPage
from search.contract import Entry
from search.entries import build_entry
from search.glossary import forget_glossary
from search.indexing import documents, rebuild
from search.indexing.rebuild import rebuild_index
from search.indexing.verify import verify_index
from search.models import Abbreviation
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

    done: list[int] = []

    def change(count: int) -> None:
        done.append(count)
        if len(done) > 1:  # what is added now comes in a later part
            return
        page.title = "Đã sửa xong"
        page.save_revision().publish()
        withdrawn.unpublish()
        portal.article("Mới thêm")

    rebuild_index(search.engine, change)
    assert search.titles("đã sửa xong") == ["Đã sửa xong"]
    assert "Mới thêm" in search.titles("mới thêm")
    assert not verify_index(search.engine)


def test_a_document_is_analysed_once_for_all_engines(search: Search, portal: Portal) -> None:
    page = portal.article("Một lần")
    with mock.patch.object(documents, "build_entry", side_effect=build_entry) as built:
        search.follow()
        search.rebuild()
        assert [call.args[0].pk for call in built.call_args_list] == [page.pk]
        page.title = "Hai lần"
        page.save_revision().publish()
        search.follow()
    assert [call.args[0].title for call in built.call_args_list] == ["Một lần", "Hai lần"]
    assert search.titles("hai lần") == ["Hai lần"]


def test_another_glossary_makes_other_entries(search: Search, portal: Portal) -> None:
    portal.article("Quỹ hỗ trợ phát triển hợp tác xã")
    search.follow()
    Abbreviation.objects.create(abbreviation="QHTX", phrase="quỹ hỗ trợ phát triển hợp tác xã")
    forget_glossary()
    search.rebuild()
    assert search.titles("QHTX") == ["Quỹ hỗ trợ phát triển hợp tác xã"]
    assert not verify_index(search.engine)


def test_of_a_withdrawn_page_no_entry_is_kept(search: Search, portal: Portal) -> None:
    page = portal.article("Sẽ gỡ")
    search.follow()
    page.unpublish()
    search.follow()
    with closing(sqlite3.connect(settings.SEARCH_DIR / "entries.sqlite3")) as database:
        kept = {pk for (pk,) in database.execute("SELECT id FROM entry")}
    assert page.pk not in kept
    assert portal.news.pk in kept


def test_a_part_whose_pages_are_all_withdrawn_ends_no_rebuild(
    search: Search, portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuild, "_CHUNK", 1)
    first, last = portal.article("Trước"), portal.article("Sau")

    def withdraw(rows: Iterable[PublishedDocument]) -> list[PublishedDocument]:
        return [row for row in fresh_documents(rows) if row.pk != first.pk]

    monkeypatch.setattr(documents, "fresh_documents", withdraw)
    search.rebuild()
    assert last.title in search.titles("sau")
    assert search.titles("trước") == []


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
