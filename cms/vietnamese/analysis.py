"""The words of a text as a search engine compares them.

Documents and queries go through the same function, so that what is written alike is found alike.
"""

from dataclasses import dataclass

from cms.vietnamese.contractions import Contractions
from cms.vietnamese.word_forms import BREAK, EXACT_FORMS, FOLD_FORMS, split_words

__all__ = ["BREAK", "Words", "analyse", "pair_up"]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, known phrases contracted, BREAK between lines.

    `exact` and `fold` have the same length: each word as it is spelled, and without marks.
    `parts` are the words of the phrases that were contracted, without marks.
    """

    exact: list[str]
    fold: list[str]
    parts: list[str]


def analyse(text: str, contractions: Contractions) -> Words:
    """Return the words of `text`; linear in its length, never raises.

    Takes text as it comes: NFD, zero-width characters, NBSP, any dash, both tone styles.
    """
    words = split_words(text)
    exact = list(map(EXACT_FORMS.__getitem__, words))
    fold = list(map(FOLD_FORMS.__getitem__, words))
    return Words(*contractions.contract(exact, fold))


def pair_up(fold: list[str]) -> list[str]:
    """Return the adjacent words of `fold` in pairs, "thi_dua"; none across a BREAK."""
    return [
        f"{first}_{second}"
        for first, second in zip(fold, fold[1:], strict=False)
        if first != BREAK != second
    ]
