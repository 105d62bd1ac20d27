"""The pages that are searched while others are edited: short news, each made from its index alone.

Every other page is steady: nobody edits it, and a search for its word must find exactly the pages
that have this word, at any moment. The others are edited, each by one editor.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from benchmarks import phrases

__all__ = ["EDITORS", "body_of", "editor_of", "pages_by_word", "path_of", "place_of", "shelves",
           "slug_of", "title_of", "word_of"]  # fmt: skip

EDITORS = 4
FOLDER = 50
"""Pages of a folder at first."""

GROUP = 50
"""Pages that have the same word, about: fewer than one answer holds."""

STEADY = "ban-tin"


def editor_of(index: int) -> int | None:
    """Which editor edits the page; None for a steady one."""
    return None if index % 2 == 0 else index // 2 % EDITORS


def shelves(editor: int) -> tuple[str, str]:
    """The two sections that an editor moves folders between, which no other editor touches."""
    return f"moi-{editor}", f"cu-{editor}"


def place_of(index: int) -> tuple[str, ...]:
    """The slugs of the sections that the page is put into at first, the outermost first."""
    editor = editor_of(index)
    if editor is None:
        return (STEADY,)
    return shelves(editor)[0], f"tap-{editor}-{index // 2 // EDITORS // FOLDER}"


def path_of(index: int) -> str:
    """Its public path at first."""
    return f"/{'/'.join(place_of(index))}/{slug_of(index)}/"


def slug_of(index: int) -> str:
    """A slug that no other page has."""
    return f"tin-{index}"


def title_of(index: int) -> str:
    """Its title at first."""
    return f"Tin số {index} về {_chance(index).choice(phrases.SUBJECTS)}"


def word_of(index: int, pages: int) -> str:
    """A word that stands in this page and in a few others all over the portal, of so many pages."""
    number = index // 2 % max(1, pages // 2 // GROUP)
    kind = "dauyen" if editor_of(index) is None else "daudoi"
    return kind + "".join(chr(ord("a") + number // 26**place % 26) for place in range(2))


def body_of(index: int, pages: int) -> str:
    """Two sentences, as rich text."""
    chance = _chance(~index)
    first, second = (
        f"{chance.choice(phrases.OPENINGS)} {chance.choice(phrases.SUBJECTS)}" for _ in range(2)
    )
    return f"<p>{first}, {word_of(index, pages)}. {second}.</p>"


def pages_by_word(ids: Sequence[int]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """The ids of the steady and of the edited pages by their word; ``ids`` by index."""
    steady: dict[str, list[int]] = defaultdict(list)
    edited: dict[str, list[int]] = defaultdict(list)
    for index, pk in enumerate(ids):
        found = steady if editor_of(index) is None else edited
        found[word_of(index, len(ids))].append(pk)
    return dict(steady), dict(edited)


def _chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - nothing secret: the same index, the same page
