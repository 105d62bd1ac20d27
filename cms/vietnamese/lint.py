"""Finds what is damaged in a Vietnamese text: spaces, glued words, lost letters, quotes, dates.

The text is never changed: an issued document stays as it was issued, and a finding is an offer to
the person who edits. Rules prefer silence to a false alarm. Messages are in Vietnamese, since
they are about Vietnamese text and are shown to those who write it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from cms.vietnamese.dates import find_impossible_dates
from cms.vietnamese.quotes import find_unbalanced_quotes
from cms.vietnamese.syllables import is_possible, restored, restored_between
from cms.vietnamese.text import Aligned, has_marks

__all__ = ["MESSAGES", "Finding", "Rule", "lint"]

Rule = Literal[
    "nbsp",
    "double-space",
    "zero-width",
    "control-character",
    "not-nfc",
    "glued-words",
    "lost-letter",
    "legacy-encoding",
    "unbalanced-quote",
    "impossible-date",
]

MESSAGES: Final[dict[Rule, str]] = {
    "nbsp": "Dấu cách không ngắt hoặc dấu cách lạ; nên thay bằng dấu cách thường.",
    "double-space": "Thừa dấu cách giữa hai từ.",
    "zero-width": "Có ký tự ẩn không có độ rộng; nên xóa.",
    "control-character": "Có ký tự điều khiển không hợp lệ; nên xóa.",
    "not-nfc": "Chữ có dấu được gõ ở dạng tổ hợp; nên chuyển về dạng dựng sẵn (NFC).",
    "glued-words": "Hai từ viết dính nhau; có lẽ thiếu dấu cách.",
    "lost-letter": "Từ này dường như bị mất chữ khi chuyển phông; xem lại chính tả.",
    "legacy-encoding": "Đoạn này dường như còn ở bảng mã cũ (TCVN3 hoặc VNI); cần chuyển mã.",
    "unbalanced-quote": "Dấu ngoặc kép không có dấu mở hoặc dấu đóng tương ứng.",
    "impossible-date": "Ngày này không có trong lịch.",
}
"""Each rule's message, shown to editors."""

_STRANGE_SPACES: Final = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SPACES: Final = re.compile(f"[ {_STRANGE_SPACES}]+")
_STRANGE_SPACE: Final = re.compile(f"[{_STRANGE_SPACES}]")
_HIDDEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]+")
_LETTERS_AND_MARKS: Final = re.compile("(?:[^\\W\\d_]|[\u0300-\u036f])+")
_WORD: Final = re.compile(r"[^\W_]+")
_GAP: Final = re.compile(r"[ \t]+")
_FIGURE_GLUED: Final = re.compile(r"(?P<digits>[0-9]+)(?P<word>[^\W\d_]{2,})")
_UNITS: Final = frozenset(["ha", "km", "to", "tr", "mu", "bit", "pha", "vol", "nm", "na", "che"])
# Before these "ca" is a word of its own: a shift, a song, a case.
_BEFORE_CA: Final = frozenset(
    [
        "bài",
        "quốc",
        "dân",
        "hợp",
        "đồng",
        "các",
        "những",
        "một",
        "hai",
        "ba",
        "bốn",
        "mấy",
        "mỗi",
        "tăng",
        "đổi",
        "theo",
        "làm",
        "giao",
        "vào",
    ]
)
_UNMARKED_WORDS: Final = frozenset(["cho", "theo", "trong", "khi", "hay", "sau", "qua"])
_TCVN3: Final = re.compile("[A-Za-z][µ¸¶·¹¨»¾¼½©®ª«¬÷×ßåæçëîïñøûüþäöÖÜ]")
_VNI: Final = re.compile("[aeouyAEOUY][äøõûùïöüëåÄØÕÛÙÏÖÜËÅ]")
_MIN_LEGACY: Final = 3
_MODERN: Final = re.compile("[\u1ea0-\u1ef9]")


@dataclass(frozen=True, slots=True)
class Finding:
    """One doubtful place: `text[start:end]`."""

    rule: Rule
    message: str
    start: int
    end: int
    fix: str | None
    """What might stand there instead; None where only a person can tell."""


def lint(text: str) -> list[Finding]:
    """Return the findings of all rules in the order of the text; linear, never raises."""
    aligned = Aligned(text)
    found = [
        *_spaces(text),
        *_characters(text),
        *_decomposed(text),
        *(_placed(finding, aligned) for finding in _words(aligned.text)),
        *(_placed(finding, aligned) for finding in _legacy(aligned.text)),
        *(_finding("unbalanced-quote", at, at + 1, None) for at in find_unbalanced_quotes(text)),
        *(
            _finding("impossible-date", start, end, None)
            for start, end in find_impossible_dates(text)
        ),
    ]
    return sorted(found, key=lambda finding: (finding.start, finding.end, finding.rule))


def _finding(rule: Rule, start: int, end: int, fix: str | None) -> Finding:
    return Finding(rule, MESSAGES[rule], start, end, fix)


def _placed(finding: Finding, aligned: Aligned) -> Finding:
    start, end = aligned.span(finding.start, finding.end)
    return Finding(finding.rule, finding.message, start, end, finding.fix)


def _characters(text: str) -> Iterator[Finding]:
    rules: tuple[tuple[Rule, re.Pattern[str], str], ...] = (
        ("zero-width", _HIDDEN, ""),
        ("control-character", _CONTROL, ""),
    )
    for rule, pattern, fix in rules:
        for match in pattern.finditer(text):
            yield _finding(rule, *match.span(), fix)


def _spaces(text: str) -> Iterator[Finding]:
    """Yield runs of spaces with a strange one among them, and plain ones that part two words."""
    for match in _SPACES.finditer(text):
        start, end = match.span()
        if _STRANGE_SPACE.search(match[0]):
            yield _finding("nbsp", start, end, " ")
        elif end - start > 1 and text[start - 1 : start].strip() and text[end : end + 1].strip():
            yield _finding("double-space", start, end, " ")


def _decomposed(text: str) -> Iterator[Finding]:
    """Yield each word that is not in NFC, whole."""
    for match in _LETTERS_AND_MARKS.finditer(text):
        composed = unicodedata.normalize("NFC", match[0])
        if composed != match[0]:
            yield _finding("not-nfc", *match.span(), composed)


def _words(text: str) -> Iterator[Finding]:
    """Yield glued words and syllables that lost a letter; needs cleaned text."""
    words = list(_WORD.finditer(text))
    for index, match in enumerate(words):
        word = match[0]
        glued = _unglued(word)
        if glued is not None:
            yield _finding("glued-words", *match.span(), glued)
            continue
        if not 2 <= len(word) <= 7 or word.isupper():
            continue
        before, after = "", ""
        if index and _near(text, words[index - 1], match):
            before = words[index - 1][0].lower()
        if index + 1 < len(words) and _near(text, match, words[index + 1]):
            after = words[index + 1][0].lower()
        yield from _lost_letter(match, before, after)


def _unglued(word: str) -> str | None:
    """Return "và HTX" for "vàHTX" and "2020 giai" for "2020giai"; None where nothing is glued."""
    figure = _FIGURE_GLUED.fullmatch(word)
    if figure is not None:
        tail = figure["word"]
        if tail.islower() and tail not in _UNITS and is_possible(tail):
            return f"{figure['digits']} {tail}"
        return None
    if not word.isalpha() or word.islower() or word.isupper():
        return None
    cut = next((i for i in range(1, len(word)) if word[i].isupper()), 0)
    left, right = word[:cut], word[cut:]
    if cut < 2 or not left[1:].islower() or not is_possible(left):
        return None
    return f"{left} {right}" if has_marks(left) or left in _UNMARKED_WORDS else None


def _near(text: str, left: re.Match[str], right: re.Match[str]) -> bool:
    return _GAP.fullmatch(text, left.end(), right.start()) is not None


def _lost_letter(match: re.Match[str], previous: str, following: str) -> Iterator[Finding]:
    word = match[0].lower()
    if previous.isdigit() or (word == "ca" and previous in _BEFORE_CA):
        return
    whole = restored_between(previous, word, following)
    candidates = [whole] if whole else []
    if not candidates and (has_marks(previous) or has_marks(following)):
        candidates = restored(word)
    if not candidates:
        return
    fix = candidates[0] if len(candidates) == 1 else None
    if fix is not None and match[0][0].isupper():
        fix = fix.capitalize()
    yield _finding("lost-letter", *match.span(), fix)


def _legacy(text: str) -> Iterator[Finding]:
    """Yield the lines that are still in an encoding of the 1990s, from first to last sign of it."""
    offset = 0
    for line in text.split("\n"):
        if not _MODERN.search(line):
            for pattern in (_TCVN3, _VNI):
                hits = list(pattern.finditer(line))
                if len(hits) >= _MIN_LEGACY:
                    start, end = offset + hits[0].start(), offset + hits[-1].end()
                    yield _finding("legacy-encoding", start, end, None)
                    break
        offset += len(line) + 1
