"""The words of a text as a search engine compares them.

Documents and queries go through the same function, so that what is written alike is found alike.
"""

from itertools import pairwise

from cms.vietnamese.contractions import NO_CONTRACTIONS, Contractions, WordForms
from cms.vietnamese.word_forms import BREAK, EXACT_FORMS, FOLD_FORMS, split_words

__all__ = ["analyse", "pair_up"]


def analyse(text: str, contractions: Contractions = NO_CONTRACTIONS) -> WordForms:
    """Return the words of `text`, known phrases contracted; linear in its length, never raises.

    Takes text as it comes: NFD, zero-width characters, NBSP, any dash, both tone styles.
    """
    words = split_words(text)
    exact = list(map(EXACT_FORMS.__getitem__, words))
    return contractions.contract(WordForms(exact, list(map(FOLD_FORMS.__getitem__, words))))


def pair_up(words: list[str]) -> list[str]:
    """Return the adjacent ones of `words` in pairs, "thi_dua"; none across a BREAK."""
    return [f"{one}_{two}" for one, two in pairwise(words) if one != BREAK != two]
