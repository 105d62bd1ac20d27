"""How texts are compared: what of them counts, and by which keys like ones are found."""

from __future__ import annotations

import hashlib
import re
from itertools import pairwise
from typing import Final

from cms.translation.codes import plain_text
from cms.vietnamese.text import clean

__all__ = ["MAX_KEYS", "comparable", "keys_of", "lengths_like"]

MAX_KEYS: Final = 64
"""Keys of one text; of a longer one, as many."""

_WORD: Final = re.compile(r"\w+")
_EDGE: Final = ""


def comparable(html: str) -> str:
    """The words of a segment in lower case, with single spaces."""
    return " ".join(clean(plain_text(html)).casefold().split())


def keys_of(text: str, locale: str) -> set[int]:
    """Hashes of the pairs of neighbouring words, the edges being words too; 64 bits each.

    Pairs and not words: a text of administration is made of the same few hundred syllables.
    """
    words = _WORD.findall(text)
    if not words:
        return set()
    pairs = list(dict.fromkeys(pairwise([_EDGE, *words, _EDGE])))
    if len(pairs) > MAX_KEYS:
        # By what they are, not by where they stand: another text's like pairs are chosen as well.
        pairs = sorted(pairs, key=lambda pair: _hash(" ".join(pair)))[:MAX_KEYS]
    return {_hash(f"{locale}\n{first} {second}") for first, second in pairs}


def lengths_like(length: int, threshold: float) -> tuple[int, int]:
    """The least and greatest length that a text can have whose likeness reaches ``threshold``.

    The likeness is 2·common / (both lengths), and no more is common than the shorter one has.
    """
    return int(length * threshold / (2 - threshold)), int(length * (2 - threshold) / threshold) + 1


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, signed=True)
