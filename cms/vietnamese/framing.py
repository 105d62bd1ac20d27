"""The words that frame what is asked for: "theo Bộ luật Dân sự 2015, … là gì?", "của", "các".

Every text has them, or none: whether a text has them says nothing of what a reader looks for.
"""

import re
from collections.abc import Sequence
from typing import Final

from cms.vietnamese.word_forms import EXACT_FORMS, FOLD_FORMS

__all__ = ["framing_words"]

# Each word of a phrase frames only within it: "nghĩa" alone is content.
_PHRASES: Final = """
là gì|là những gì|là ai|là bao nhiêu|là bao lâu|là khi nào|là như thế nào|là thế nào|là sao
như thế nào|thế nào là|thế nào|như nào|ra sao|bao nhiêu|bao lâu|bao giờ|khi nào|lúc nào|ở đâu
những gì|điều gì|cái gì|gồm những gì|bao gồm những gì|làm gì|phải làm gì|cần phải làm gì|để làm gì
vì sao|tại sao|làm sao|làm thế nào|những nào|những ai|hay không|có được không|được không
có phải không|đúng không|phải không|có không|được hiểu là|được hiểu|được định nghĩa
định nghĩa của|định nghĩa|khái niệm của|cho tôi hỏi|cho em hỏi|cho hỏi|xin hỏi|xin cho biết
cho biết|hãy cho biết|hãy nêu|hãy liệt kê|cho tôi biết
quy định như thế nào|quy định thế nào|quy định gì|quy định ra sao|quy định về điều gì
"""
_WORDS: Final = """
của|các|những|và|là|có|cho|với|được|bị|thì|mà|khi|nếu|để|theo|về|từ|đến|tại|trong|ngoài|trên|này|đó
đã|đang|sẽ|phải|cần|nên|một|như|do|bởi|vì|nào|gì|ai|sao|hay|hoặc|cũng|vẫn|ra|vào|lên|đối|ở|việc
"""
# Without marks most of them are content as well ("thi" of "thi đua", "can" of "cán bộ").
_BARE_WORDS: Final = frozenset(
    ["cua", "cac", "nhung", "va", "la", "gi", "voi", "nhu", "cung", "hoac", "theo"]
)


def _read_phrases() -> dict[str, list[tuple[str, ...]]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for phrase in _PHRASES.strip().replace("\n", "|").split("|"):
        words = tuple(FOLD_FORMS[word] for word in phrase.split())
        by_first.setdefault(words[0], []).append(words)
    for phrases in by_first.values():
        phrases.sort(key=len, reverse=True)
    return by_first


_BY_FIRST: Final = _read_phrases()
_MARKED_WORDS: Final = frozenset(EXACT_FORMS[word] for word in re.findall(r"\w+", _WORDS))


def framing_words(exact: Sequence[str], fold: Sequence[str]) -> set[int]:
    """Return the places of the words that only frame; none where all of them would.

    `exact` and `fold` are the two forms of the same words.
    """
    frames = _BARE_WORDS if exact == fold else _MARKED_WORDS
    framing = {place for place, word in enumerate(exact) if word in frames}
    place = 0
    while place < len(fold):
        for phrase in _BY_FIRST.get(fold[place], ()):
            if tuple(fold[place : place + len(phrase)]) == phrase:
                framing.update(range(place, place + len(phrase)))
                place += len(phrase) - 1
                break
        place += 1
    return framing if len(framing) < len(fold) else set()
