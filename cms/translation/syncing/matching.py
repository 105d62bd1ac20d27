"""Which new text took the place of which old one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

__all__ = ["Segment", "align", "match"]

# Text that moved elsewhere and was changed there is known again from this on.
_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Segment:
    """One text of a source, at its place."""

    string: int
    text: str
    context: int
    path: str
    kind: str
    """The place without the blocks' ids: ``body.paragraph``."""

    @property
    def place(self) -> tuple[int, int]:
        """What a translation hangs on."""
        return self.string, self.context


def similarities(
    old: Sequence[str], new: Sequence[str], least: float = 0
) -> Iterator[tuple[float, int, int]]:
    """The share of words that two texts have in common: (0 to 1, index of old, index of new).

    Pairs with at least so much, and a word. The order of the words does not count: of a body of 500
    paragraphs written anew there are 250,000 pairs, too many to align each.
    """
    sizes = [len(text.split()) for text in old]
    holders: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, text in enumerate(old):
        for word, number in Counter(text.split()).items():
            holders[word].append((i, number))
    for j, text in enumerate(new):
        words = Counter(text.split())
        shared: defaultdict[int, int] = defaultdict(int)
        for word, number in words.items():
            for i, other in holders.get(word, ()):
                shared[i] += min(number, other)
        for i, common in shared.items():
            score = 2 * common / (sizes[i] + words.total())
            if score >= least:
                yield score, i, j


def match(old: Sequence[Segment], new: Sequence[Segment]) -> dict[tuple[int, int], Segment]:
    """The old segment that each new one came from, by the new one's ``place``.

    Only for places that were not there before. First within one field or block, in the order of
    the text; then between blocks of one kind, where an editor has taken one out and put it in
    again. A text that has moved is nobody's predecessor; any other serves once.
    """
    before = {segment.place for segment in old}
    moved = {segment.string for segment in new if segment.place not in before}
    staying = {segment.place for segment in new}
    gone = [one for one in old if one.place not in staying and one.string not in moved]
    come = [one for one in new if one.place not in before]
    leaving, coming = {one.place for one in gone}, {one.place for one in come}
    found: dict[tuple[int, int], Segment] = {}
    used: set[tuple[int, int]] = set()

    def pair(was: Segment, now: Segment) -> None:
        found[now.place] = was
        used.add(was.place)

    old_by_context, new_by_context = _group(old), _group(new)
    for context, after in new_by_context.items():
        for was, now in align(
            old_by_context.get(context, []), after, lambda segment: segment.string
        ):
            if was and now and was.place in leaving and now.place in coming:
                pair(was, now)
    for _score, was, now in _alike(gone, come):
        if was.place not in used and now.place not in found:
            pair(was, now)
    return found


def _group(segments: Sequence[Segment]) -> dict[int, list[Segment]]:
    groups: defaultdict[int, list[Segment]] = defaultdict(list)
    for segment in segments:
        groups[segment.context].append(segment)
    return groups


def _alike(
    gone: Sequence[Segment], come: Sequence[Segment]
) -> list[tuple[float, Segment, Segment]]:
    """Pairs of one kind that are alike enough, the most alike first."""
    scored = []
    for kind in dict.fromkeys(one.kind for one in come):
        old = [one for one in gone if one.kind == kind]
        new = [one for one in come if one.kind == kind]
        texts = ([one.text for one in old], [one.text for one in new])
        scored += [(score, old[i], new[j]) for score, i, j in similarities(*texts, _ALIKE)]
    return sorted(scored, key=lambda pair: -pair[0])


def align[T](
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], Hashable],
    text: Callable[[T], str] = lambda item: getattr(item, "text", str(item)),
) -> Iterator[tuple[T | None, T | None]]:
    """Two versions of a run of texts side by side; None where one has no counterpart.

    Texts with equal keys that are equal in order are left out: nothing happened to them.
    """
    matcher = SequenceMatcher(None, [key(one) for one in old], [key(one) for one in new], False)
    for operation, i1, i2, j1, j2 in matcher.get_opcodes():
        if operation != "equal":
            yield from _side_by_side(old[i1:i2], new[j1:j2], text)


def _side_by_side[T](
    old: Sequence[T], new: Sequence[T], text: Callable[[T], str]
) -> Iterator[tuple[T | None, T | None]]:
    """Pairs in order; of an uneven run those that are most alike, the rest alone."""
    if len(old) == len(new):
        yield from zip(old, new, strict=True)
        return
    left_old, left_new = set(range(len(old))), set(range(len(new)))
    texts = ([text(one) for one in old], [text(one) for one in new])
    scored = sorted((-score, i, j) for score, i, j in similarities(*texts))
    for _score, i, j in scored:
        if i in left_old and j in left_new:
            left_old.discard(i)
            left_new.discard(j)
            yield old[i], new[j]
    yield from ((old[i], None) for i in sorted(left_old))
    yield from ((None, new[j]) for j in sorted(left_new))
