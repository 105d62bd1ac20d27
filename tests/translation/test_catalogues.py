"""The admin is Vietnamese whatever package a text comes from, and what is filled in stays whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import polib
import pytest

from scripts.compile_messages import find_catalogues
from scripts.upstream_messages import (
    DOMAINS,
    count,
    find_packages,
    is_english,
    read_answers,
)
from scripts.word_list import read_word_list

LEAST = 0.98
PLACEHOLDER = re.compile(r"%\(\w+\)[a-zA-Z]|%[a-zA-Z%]|\{\w*\}")
# Wagtail says it of pages without child pages: "0 more" is a slip that Vietnamese does not repeat.
SLIP = "This will also delete %(descendant_count)s more child pages."
TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def all_answers() -> Iterator[tuple[str, polib.POEntry, list[str]]]:
    """Every message of every package with what a Vietnamese user reads."""
    for package in find_packages():
        for domain in DOMAINS:
            for entry, texts in read_answers(package, domain):
                yield f"{package.name} {domain}", entry, texts


def own_answers() -> Iterator[tuple[str, polib.POEntry, list[str]]]:
    """Every message of this project's catalogues with its translations."""
    for path in find_catalogues():
        for entry in polib.pofile(str(path)):
            yield path.name, entry, list(entry.msgstr_plural.values()) or [entry.msgstr]


def test_almost_every_message_is_vietnamese() -> None:
    words = read_word_list()
    rows = count(words)
    english = [
        f"{place}: {entry.msgid!r}"
        for place, entry, texts in all_answers()
        if is_english(entry, texts, words)
    ]
    assert {row.package for row in rows} >= {"django", "wagtail.admin", "wagtail_localize"}
    for row in rows:
        assert row.shown / row.total >= LEAST, "\n".join([str(row), *english])


def test_the_scripts_of_the_admin_are_counted() -> None:
    scripts = {row.package for row in count(read_word_list()) if row.domain == "djangojs"}
    assert scripts >= {"wagtail.admin", "wagtail_localize"}


def parts(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(pattern.findall(text))


def wrong_parts(entry: polib.POEntry, text: str) -> Iterator[str]:
    """How a translation's placeholders, markup and edges differ from those of its message."""
    originals = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
    # A named value may stand twice in one language and once in the other.
    if set(parts(PLACEHOLDER, text)) not in [set(parts(PLACEHOLDER, it)) for it in originals]:
        yield "placeholders"
    if parts(TAG, text) not in [parts(TAG, it) for it in originals]:
        yield "markup"
    for edge in (r"^\s*", r"\s*$", r":?\s*$"):
        if re.search(edge, text)[0] != re.search(edge, entry.msgid)[0]:  # type: ignore[index]
            yield f"edge {edge}"


@pytest.mark.parametrize("answers", [all_answers, own_answers])
def test_placeholders_markup_and_edges_are_those_of_the_message(answers: object) -> None:
    assert callable(answers)
    wrong = [
        f"{place}: {entry.msgid!r} is {text!r}: {fault}"
        for place, entry, texts in answers()
        for text in texts
        for fault in wrong_parts(entry, text)
    ]
    assert wrong == []


def test_vietnamese_has_one_form_for_one_and_many() -> None:
    for path in find_catalogues():
        catalogue = polib.pofile(str(path))
        assert catalogue.metadata["Plural-Forms"] == "nplurals=1; plural=0;", path
        for entry in catalogue:
            assert set(entry.msgstr_plural) in (set(), {0}), (path, entry.msgid)
            assert not entry.msgid_plural or entry.msgstr_plural[0], (path, entry.msgid)


def test_a_number_is_kept_where_english_drops_it_for_one() -> None:
    lost = [
        f"{place}: {entry.msgid_plural!r} is {texts[1]!r}"
        for place, entry, texts in all_answers()
        if entry.msgid_plural
        and not entry.msgid_plural.startswith(SLIP)
        and not set(parts(PLACEHOLDER, texts[1])) >= set(parts(PLACEHOLDER, entry.msgid_plural))
    ]
    assert lost == []


def test_every_overlay_still_translates_something() -> None:
    known = {
        (domain, entry.msgctxt, entry.msgid)
        for package in find_packages()
        for domain in DOMAINS
        for entry in package.messages(domain)
    }
    stale = [
        f"{path.name}: {entry.msgid!r}"
        for path in find_catalogues()
        if "overlay" in path.parts
        for entry in polib.pofile(str(path))
        if (path.stem.rpartition(".")[2], entry.msgctxt, entry.msgid) not in known
    ]
    assert stale == []
