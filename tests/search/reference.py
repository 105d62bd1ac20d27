"""The meaning of the conditions in plain Python: ranks entries by BM25 as both engines do.

Slow and small, for tests of what the language does; the engines have tests of their own.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from search import nodes
from search.nodes import Node

type Scores = dict[int, float]
type Value = str | float | Sequence[str]

K1, B = 1.2, 0.75


class ReferenceIndex:
    """Entries by id; words fields are strings of terms, keyword fields sequences of terms."""

    def __init__(self, entries: Mapping[int, Mapping[str, Value]]) -> None:
        self.ids = sorted(entries)
        self._postings: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
        self._terms: dict[tuple[str, int], list[str]] = {}
        self._numbers: dict[str, dict[int, float]] = defaultdict(dict)
        self._keywords: set[str] = set()
        lengths: Counter[str] = Counter()
        holders: Counter[str] = Counter()
        for key, fields in entries.items():
            for name, value in fields.items():
                if isinstance(value, int | float):
                    self._numbers[name][key] = value
                    continue
                terms = value.split() if isinstance(value, str) else list(value)
                if not isinstance(value, str):
                    self._keywords.add(name)
                self._terms[name, key] = terms
                lengths[name] += len(terms)
                holders[name] += 1
                for term, count in Counter(terms).items():
                    self._postings[name, term][key] = count
        self._holders = holders
        self._mean = {name: lengths[name] / holders[name] for name in holders}

    def ranked(self, node: Node) -> list[int]:
        """The ids that meet the condition, the best first, then by id."""
        scores = self.scores(node)
        return sorted(scores, key=lambda key: (-scores[key], key))

    def scores(self, node: Node) -> Scores:
        """The ids that meet the condition, with their scores."""
        match node:
            case nodes.Everything():
                return dict.fromkeys(self.ids, 0.0)
            case nodes.Term(field, text, boost):
                return self._weigh(field, self._postings.get((field, text), {}), boost)
            case nodes.Terms(field, texts):
                found = (self._postings.get((field, text), {}) for text in texts)
                return dict.fromkeys((key for one in found for key in one), 0.0)
            case nodes.Phrase(field, texts, boost):
                return self._phrase(field, texts, boost)
            case nodes.Prefix(field, text, score):
                return self._prefix(field, text, score)
            case nodes.Range():
                return self._range(node)
            case nodes.Constant(inner, score):
                return dict.fromkeys(self.scores(inner), score)
            case nodes.Either(inners, minimum):
                return self._either(inners, minimum)
            case nodes.Both():
                return self._both(node)

    def frequency(self, field: str, terms: Iterable[str]) -> dict[str, int]:
        """In how many entries each of the terms stands."""
        return {term: len(self._postings.get((field, term), {})) for term in terms}

    def _weigh(self, field: str, counts: Mapping[int, int], boost: float) -> Scores:
        if field in self._keywords:
            return dict.fromkeys(counts, boost)
        rare = math.log(1 + (self._holders[field] - len(counts) + 0.5) / (len(counts) + 0.5))
        mean = self._mean.get(field, 1.0)
        return {
            key: boost
            * rare
            * count
            * (K1 + 1)
            / (count + K1 * (1 - B + B * len(self._terms[field, key]) / mean))
            for key, count in counts.items()
        }

    def _phrase(self, field: str, texts: Sequence[str], boost: float) -> Scores:
        counts: dict[int, int] = {}
        for key in self._postings.get((field, texts[0]), {}):
            terms = self._terms[field, key]
            row = tuple(texts)
            count = sum(
                tuple(terms[start : start + len(row)]) == row
                for start in range(len(terms) - len(row) + 1)
            )
            if count:
                counts[key] = count
        return self._weigh(field, counts, boost)

    def _prefix(self, field: str, text: str, score: float) -> Scores:
        return {
            key: score
            for (name, term), counts in self._postings.items()
            if name == field and term.startswith(text)
            for key in counts
        }

    def _range(self, node: nodes.Range) -> Scores:
        return {
            key: 0.0
            for key, value in self._numbers[node.field].items()
            if (node.gt is None or value > node.gt)
            and (node.gte is None or value >= node.gte)
            and (node.lt is None or value < node.lt)
            and (node.lte is None or value <= node.lte)
        }

    def _either(self, inners: Sequence[Node], minimum: int) -> Scores:
        total: Scores = defaultdict(float)
        met: Counter[int] = Counter()
        for inner in inners:
            for key, score in self.scores(inner).items():
                total[key] += score
                met[key] += 1
        return {key: score for key, score in total.items() if met[key] >= minimum}

    def _both(self, node: nodes.Both) -> Scores:
        required = [self.scores(inner) for inner in node.must]
        asked = [*required, *(self.scores(inner) for inner in node.filters)]
        optional = [self.scores(inner) for inner in node.should]
        found = set.intersection(set(self.ids), *map(set, asked))
        for inner in node.without:
            found -= set(self.scores(inner))
        return {key: sum(one.get(key, 0.0) for one in (*required, *optional)) for key in found}
