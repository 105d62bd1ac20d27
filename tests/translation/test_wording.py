"""One word list for the whole admin: docs/translators/thuat-ngu.md."""

from __future__ import annotations

import pytest

from scripts.word_list import WordList, read_word_list
from tests.translation.test_catalogues import all_answers, own_answers


@pytest.fixture(scope="module")
def words() -> WordList:
    return read_word_list()


def test_no_text_of_a_package_uses_a_word_that_the_list_refuses(words: WordList) -> None:
    faults = [
        f"{place}: {entry.msgid!r} is {text!r}: {fault}"
        for place, entry, texts in all_answers()
        for text in texts
        for fault in words.find_faults(f"{entry.msgid} {entry.msgid_plural}", text)
    ]
    assert faults == []


def test_no_text_of_this_project_is_misspelt(words: WordList) -> None:
    faults = [
        f"{place}: {text!r}: {fault}"
        for place, _entry, texts in own_answers()
        for text in texts
        for fault in words.find_misspellings(text)
    ]
    assert faults == []


def test_the_list_itself_is_sound(words: WordList) -> None:
    spellings = [spelling for term in words.terms for spelling in term.english]
    assert len(spellings) == len(set(spellings)) > 80
    for term in words.terms:
        assert term.vietnamese
        assert not set(term.vietnamese) & set(term.refused), term


@pytest.mark.parametrize(
    ("english", "vietnamese", "refused"),
    [
        ("Delete collections", "Xóa thư mục", "thư mục"),
        ("Delete collections", "Xóa bộ sưu tập", None),
        ("Collected works", "Thư mục", None),  # another word
        ("%(user)s has gone", "%(user)s đã đi", None),  # a name of the code, not a word
        ("Anything", "Xoá", "xoá"),
        ("Loading…", "Đang tải...", "..."),
    ],
)
def test_what_the_list_refuses(
    words: WordList, english: str, vietnamese: str, refused: str | None
) -> None:
    found = list(words.find_faults(english, vietnamese))
    assert [f"“{refused}”" in fault for fault in found] == ([True] if refused else [])


@pytest.mark.parametrize("message", ["IPv4", "%s KB", "%(a)s - %(b)s", "…", ":?.!"])
def test_what_needs_no_translation(words: WordList, message: str) -> None:
    assert words.stays(message)
    assert not words.stays(f"{message} of pages")
