"""The word list of the admin, read from its page for translators, and what breaks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.compile_messages import PROJECT_DIR

__all__ = ["PAGE", "Term", "WordList", "read_word_list"]

PAGE = PROJECT_DIR / "docs" / "translators" / "thuat-ngu.md"
# What is no running text: placeholders, tags and addresses.
NO_TEXT = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|<[^>]*>|https?://\S+")


def _alternatives(cell: str) -> list[str]:
    return [part.strip() for part in re.split("[,;]", cell) if part.strip()]


def _word(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(text)}(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """An English term in its spellings, its Vietnamese, and the renderings that are not used."""

    english: tuple[str, ...]
    vietnamese: tuple[str, ...]
    refused: tuple[str, ...]

    def occurs_in(self, english: str) -> bool:
        """Whether a message has the term, in the singular, the plural or another form."""
        terms = "|".join(re.escape(term) for term in self.english)
        return bool(re.search(rf"\b(?:{terms})(?:e?s|e?d|ing)?\b", english, re.IGNORECASE))


@dataclass(frozen=True)
class WordList:
    """The terms, the spellings that are not used, and what is not translated."""

    terms: tuple[Term, ...]
    misspellings: tuple[str, ...]
    kept: frozenset[str]

    def stays(self, english: str) -> bool:
        """Whether a message needs no translation: it is on the list, or has no word in it."""
        return english in self.kept or not re.search(r"[^\W\d_]", NO_TEXT.sub("", english))

    def find_faults(self, english: str, vietnamese: str) -> Iterator[str]:
        """What a translation has that the list refuses, with what it has instead."""
        english, vietnamese = NO_TEXT.sub(" ", english), NO_TEXT.sub(" ", vietnamese)
        for term in self.terms:
            if term.occurs_in(english):
                for word in term.refused:
                    if _word(word).search(vietnamese):
                        yield f"“{word}” for {term.english[0]}: {', '.join(term.vietnamese)}"
        yield from self.find_misspellings(vietnamese)

    def find_misspellings(self, vietnamese: str) -> Iterator[str]:
        """The spellings in a text that the list refuses."""
        for word in self.misspellings:
            found = word in vietnamese if not word[-1].isalnum() else _word(word).search(vietnamese)
            if found:
                yield f"spelling “{word}”"


def _rows(lines: list[str], columns: int) -> Iterator[list[str]]:
    for line in lines:
        cells = [
            cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")
        ]
        if line.startswith("|") and len(cells) == columns and set(cells[0]) != {"-"}:
            yield cells


def read_word_list(page: Path = PAGE) -> WordList:
    """Parse the page: tables under "Từ" and "Chính tả", a sentence under "Giữ nguyên".

    Raises KeyError where the page lacks one of these headings.
    """
    sections: dict[str, list[str]] = {}
    for part in page.read_text(encoding="utf-8").split("\n## ")[1:]:
        title, *lines = part.splitlines()
        sections[title.strip()] = lines
    terms = [
        Term(
            tuple(_alternatives(english)),
            tuple(_alternatives(vietnamese)),
            tuple(_alternatives(no)),
        )
        for english, vietnamese, no, _note in list(_rows(sections["Từ"], 4))[1:]
    ]
    spellings = [
        word
        for _right, wrong in list(_rows(sections["Chính tả"], 2))[1:]
        for word in _alternatives(wrong)
    ]
    kept = re.findall(r"`([^`]+)`", "\n".join(sections["Giữ nguyên"]))
    return WordList(tuple(terms), tuple(spellings), frozenset(kept))
