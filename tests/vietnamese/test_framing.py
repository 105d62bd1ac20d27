"""Words that only frame what is asked for."""

import pytest

from cms.vietnamese.analysis import analyse
from cms.vietnamese.framing import framing_words


def content(text: str) -> str:
    words = analyse(text)
    framing = framing_words(words.exact, words.fold)
    return " ".join(word for place, word in enumerate(words.exact) if place not in framing)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Hợp tác xã là gì?", "hợp tác xã"),
        ("hop tac xa la gi", "hop tac xa"),
        ("Mức lương được quy định như thế nào?", "mức lương"),
        ("thi đua của các đơn vị", "thi đua đơn vị"),
        ("thi dua khen thuong", "thi dua khen thuong"),
        ("can bo tu van tai chinh", "can bo tu van tai chinh"),
    ],
)
def test_what_is_asked_for_is_left(question: str, asked: str) -> None:
    assert content(question) == asked


def test_a_query_of_nothing_else_is_asked_for_itself() -> None:
    assert content("là gì") == "là gì"
