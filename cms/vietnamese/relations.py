"""How one document stands to another, and the words that say so before a citation.

The names are those of the content model; the words are what Vietnamese drafting uses for them
(Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II.5; Luật Ban hành văn bản quy phạm pháp luật).
"""

import re
from typing import Final, Literal

__all__ = ["CHANGING", "RELATION_WORDS", "Relation", "find_cue"]

Relation = Literal[
    "based_on",
    "implements",
    "guides",
    "cites",
    "amends",
    "supplements",
    "replaces",
    "repeals",
    "suspends",
    "corrects",
    "consolidates",
    "recalls",
    "extends",
    "attaches",
    "answers",
    "draft_of",
    "translation_of",
    "related",
]

RELATION_WORDS: Final[tuple[tuple[str, Relation], ...]] = (
    ("ban hành kèm theo", "attaches"),
    ("ban hành theo", "cites"),
    ("quy định chi tiết", "guides"),
    ("hướng dẫn thi hành", "guides"),
    ("hướng dẫn thực hiện", "guides"),
    ("hướng dẫn", "guides"),
    ("sửa đổi, bổ sung", "amends"),
    ("sửa đổi và bổ sung", "amends"),
    ("sửa đổi", "amends"),
    ("bổ sung", "supplements"),
    ("thay thế", "replaces"),
    ("thay cho", "replaces"),
    ("bãi bỏ", "repeals"),
    ("hủy bỏ", "repeals"),
    ("huỷ bỏ", "repeals"),
    ("đình chỉ thi hành", "suspends"),
    ("đình chỉ", "suspends"),
    ("ngưng hiệu lực", "suspends"),
    ("đính chính", "corrects"),
    ("hợp nhất", "consolidates"),
    ("thu hồi", "recalls"),
    ("gia hạn", "extends"),
    ("kéo dài", "extends"),
    ("phúc đáp", "answers"),
    ("trả lời", "answers"),
    ("dự thảo", "draft_of"),
    ("bản dịch", "translation_of"),
    ("liên quan đến", "related"),
    ("liên quan", "related"),
    ("theo tinh thần", "cites"),
    ("theo quy định tại", "cites"),
    ("quy định tại", "cites"),
    ("theo", "cites"),
    ("tại", "cites"),
    ("căn cứ vào", "based_on"),
    ("căn cứ", "based_on"),
    ("triển khai thực hiện", "implements"),
    ("tổ chức thực hiện", "implements"),
    ("tổ chức triển khai", "implements"),
    ("thực hiện", "implements"),
    ("triển khai", "implements"),
    ("thi hành", "implements"),
    ("chấp hành", "implements"),
)
"""Cue and relation; where two cues end at one place, the longer one counts."""

CHANGING: Final = frozenset[Relation](
    {
        "guides",
        "amends",
        "supplements",
        "replaces",
        "repeals",
        "suspends",
        "corrects",
        "consolidates",
        "recalls",
        "extends",
        "attaches",
    }
)
"""Relations that a cited document may have to another one: "Nghị định A sửa đổi Nghị định B"."""

_BY_WORDS: Final = dict(RELATION_WORDS)
_CUES: Final = re.compile(
    r"(?<!\w)(?:"
    + "|".join(
        re.escape(words).replace(r"\ ", r"\s+")
        for words in sorted(_BY_WORDS, key=len, reverse=True)
    )
    + r")(?!\w)",
    re.IGNORECASE,
)


def find_cue(text: str) -> tuple[Relation, int, int] | None:
    """Return the relation that the last cue of `text` names, and the offsets of that cue."""
    last = None
    for match in _CUES.finditer(text):
        last = match
    if last is None:
        return None
    return _BY_WORDS[" ".join(last[0].lower().split())], *last.span()
