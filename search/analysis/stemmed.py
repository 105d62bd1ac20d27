"""Every locale without rules of its own: words, folded, and stemmed where there is a stemmer."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable
from typing import Final

import snowballstemmer

from cms.vietnamese.analysis import pair_up
from cms.vietnamese.contractions import Contractions, WordForms
from cms.vietnamese.text import clean, fold
from cms.vietnamese.word_forms import BREAK, FormTable
from search.analysis.streams import Piece, Streams, Word, by_weight

__all__ = ["StemmedAnalyser"]

_RULES: Final = "1"
# Scripts without spaces between words are cut into characters: their pairs do what words would.
_UNSPACED: Final = (
    "\u0e00-\u0eff\u1780-\u17ff\u3005-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
)
_WORD_OR_LINE_END: Final = re.compile(
    rf"[{_UNSPACED}]|[^\W_{_UNSPACED}][^\W_{_UNSPACED}]*(?:['’][^\W\d_]{{1,2}}(?!\w))?|\n+"
)
_LONGEST: Final = 60
_SNOWBALL: Final = {
    "ar": "arabic", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "fi": "finnish", "fr": "french", "hi": "hindi", "hu": "hungarian",
    "id": "indonesian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish",
}  # fmt: skip
_FRAMING: Final = {
    "en": """
        a an and are as at be been by can do does for from had has have how i if in into is it its
        of on or s that the their there these this those to was were what when where which who why
        will with you your
    """,
    "fr": """
        a au aux avec ce ces cette comment d dans de des du elle en est et il ils l la le les leur
        ne où ou par pas pour qu que quel quelle qui s sa se ses son sont sur un une
    """,
}


class StemmedAnalyser:
    """Words as spelled, and their stems without marks."""

    def __init__(self, language: str, contractions: Contractions) -> None:
        """``language``: a code of two or three letters; one without a stemmer keeps its words."""
        self._language = language
        self._contractions = contractions
        self._framing = frozenset(_FRAMING.get(language, "").split())
        name = _SNOWBALL.get(language)
        self._stemmer = snowballstemmer.stemmer(name) if name else None
        self._lock = threading.Lock()
        self._exact_forms = FormTable(_exact)
        self._fold_forms = FormTable(self._fold)

    @property
    def version(self) -> str:
        """Of the rules and of the glossary."""
        return f"{self._language}{_RULES}-{self._contractions.digest}"

    def document(self, pieces: Iterable[Piece]) -> Streams:
        """The streams of a text."""
        exact: list[str] = []
        fold_: list[str] = []
        pairs: list[str] = []
        for weight, text in by_weight(pieces):
            words = self._analyse(text)
            bare = [*words.fold, BREAK, *map(self._fold_forms.__getitem__, words.parts)]
            exact += [*words.exact, BREAK, *words.parts, BREAK] * weight
            fold_ += [*bare, BREAK] * weight
            pairs += pair_up(bare) * weight
        return Streams(" ".join(exact), " ".join(fold_), " ".join(pairs))

    def query(self, text: str) -> tuple[Word, ...]:
        """The words of what a reader typed."""
        words = self._analyse(text)
        found = [
            Word(exact, bare, is_spelled=True, is_content=exact not in self._framing)
            for exact, bare in zip(words.exact, words.fold, strict=True)
            if bare != BREAK
        ]
        if any(word.is_content for word in found):
            return tuple(found)
        return tuple(Word(word.exact, word.fold, True, True) for word in found)

    def patterns(self, word: Word) -> tuple[str, ...]:
        """Whatever begins as the stem does, and every way to write a contraction."""
        rows = [one.fold for one in self._contractions.spellings(word.fold)]
        if rows:
            return tuple(r"[\W_]{1,3}".join(map(_beginning, row)) for row in rows)
        return (_beginning(word.fold),)

    def agree(self, asked: Word, found: Word) -> bool:
        """The same stem."""
        return asked.fold == found.fold

    def _analyse(self, text: str) -> WordForms:
        words = _WORD_OR_LINE_END.findall(clean(text).lower())
        exact = list(map(self._exact_forms.__getitem__, words))
        return self._contractions.contract(
            WordForms(exact, list(map(self._fold_forms.__getitem__, exact)))
        )

    def _fold(self, exact: str) -> str:
        bare = _bare(exact) or exact
        if bare == BREAK or self._stemmer is None:
            return bare
        with self._lock:  # a stemmer keeps the word that it works on
            # Without marks first, since readers leave them out.
            return _bare(self._stemmer.stemWord(bare)) or bare


def _exact(word: str) -> str:
    if word[0] == "\n":
        return BREAK
    form = re.sub(r"[\W_]+", "", re.split("['’]", word)[0])[:_LONGEST]
    return form.lstrip("0") or "0" if form.isdecimal() else form or BREAK


def _bare(word: str) -> str:
    return word if word == BREAK else re.sub(r"[\W_]+", "", fold(word))


def _beginning(stem: str) -> str:
    """A pattern of the words that may have the stem, whose last letter may have been another."""
    return re.escape(stem) if len(stem) < 3 else rf"{re.escape(stem[:-1])}\w{{0,12}}"
