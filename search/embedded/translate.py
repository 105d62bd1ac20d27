"""The conditions of a search in tantivy's words.

Its BM25 has the factor k1 + 1, which Lucene dropped; the contract's scores are Lucene's, so that a
constant weighs the same against words in both engines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tantivy import FieldType, Occur, Query, Schema, Searcher

from search.contract import EngineError
from search.embedded.schema import ID, Fields
from search.nodes import (
    Both,
    Constant,
    Either,
    Everything,
    Node,
    Phrase,
    Prefix,
    Range,
    Term,
    Terms,
)

__all__ = ["Translator", "all_of", "even_score", "silent"]

_BM25_SCALE = 1 / 2.2
_MAX_DEPTH = 60
"""Of nested conditions: the library recurses on its own stack, which has an end."""

_MAX_PATTERN = 100
"""Letters of a prefix that the library takes as a pattern; few terms begin like a longer one."""

_SPECIAL = re.compile(r"[\\.+*?()|\[\]{}^$#&\-~]")


def silent(query: Query) -> Query:
    """The same entries with the score 0."""
    return Query.const_score_query(query, 0.0)


def all_of(musts: Iterable[Query], without: Iterable[Query] = ()) -> Query:
    """Entries that meet all of the one and none of the other; scores add up."""
    return Query.boolean_query(
        [*((Occur.Must, query) for query in musts), *((Occur.MustNot, query) for query in without)]
    )


class Translator:
    """Translates for one look at an index, with these fields.

    Raises EngineError for a field that the index doesn't have, or that is of another type.
    """

    def __init__(self, schema: Schema, searcher: Searcher, fields: Fields) -> None:
        self.schema = schema
        self.searcher = searcher
        self._fields = fields

    def query(self, node: Node, depth: int = 0) -> Query:
        """The query that finds what the node describes, with its scores."""
        if depth > _MAX_DEPTH:
            raise EngineError("The conditions are nested too deeply.")
        match node:
            case Everything():
                return silent(Query.all_query())
            case Term(name, text, boost):
                return self._term(name, text, boost)
            case Terms(name, texts):
                self.require(name, "keyword")
                return silent(Query.term_set_query(self.schema, name, list(texts)))
            case Phrase(name, texts, boost):
                return self._phrase(name, texts, boost)
            case Prefix(name, text, score):
                return self._prefix(name, text, score)
            case Range():
                return silent(self._range(node))
            case Constant(inner, score):
                return Query.const_score_query(self.query(inner, depth + 1), score)
            case Either(nodes, minimum):
                return self._either([self.query(each, depth + 1) for each in nodes], minimum)
            case Both():
                return self._both(node, depth + 1)

    def require(self, name: str, *kinds: str) -> None:
        """Raises EngineError unless the field is there and of one of these types."""
        kind = self._fields.get(name)
        if kind is None:
            raise EngineError(f"The embedded index has no field {name}.")
        if kind not in kinds:
            raise EngineError(f"The field {name} holds {kind}, which this condition can't ask.")

    def _term(self, name: str, text: str, boost: float) -> Query:
        self.require(name, "words", "keyword")
        if self._fields[name] == "keyword":
            return silent(Query.term_query(self.schema, name, text, index_option="basic"))
        return _weighed(Query.term_query(self.schema, name, text, index_option="freq"), boost)

    def _phrase(self, name: str, texts: tuple[str, ...], boost: float) -> Query:
        self.require(name, "words")
        if not texts:
            return Query.empty_query()
        if len(texts) == 1:
            return self._term(name, texts[0], boost)
        return _weighed(Query.phrase_query(self.schema, name, list(texts)), boost)

    def _prefix(self, name: str, text: str, score: float) -> Query:
        self.require(name, "words", "keyword")
        if len(text) > _MAX_PATTERN:
            terms = [term for term, _ in self.searcher.terms_with_prefix(name, text)]
            found = Query.term_set_query(self.schema, name, terms)
        else:
            pattern = _SPECIAL.sub(r"\\\g<0>", text) + "(?s:.*)"
            found = Query.regex_query(self.schema, name, pattern)
        return Query.const_score_query(found, score)

    def _range(self, node: Range) -> Query:
        self.require(node.field, "number")
        lower = [(node.gt, False), (node.gte, True)]
        upper = [(node.lt, False), (node.lte, True)]
        bounds = [
            *(self._above(node.field, float(n), closed) for n, closed in lower if n is not None),
            *(self._below(node.field, float(n), closed) for n, closed in upper if n is not None),
        ]
        return all_of(bounds) if bounds else Query.exists_query(node.field)

    def _above(self, name: str, number: float, closed: bool) -> Query:
        return Query.range_query(
            self.schema, name, FieldType.Float, lower_bound=number, include_lower=closed
        )

    def _below(self, name: str, number: float, closed: bool) -> Query:
        return Query.range_query(
            self.schema, name, FieldType.Float, upper_bound=number, include_upper=closed
        )

    def _either(self, queries: list[Query], minimum: int) -> Query:
        if minimum > len(queries):
            return Query.empty_query()
        shoulds = [(Occur.Should, query) for query in queries]
        # Without a minimum the library takes a faster way.
        return Query.boolean_query(shoulds, minimum if minimum > 1 else None)

    def ids_above(self, entry_id: int) -> Query:
        """Entries with a greater id."""
        bound = Query.range_query(
            self.schema, ID, FieldType.Integer, lower_bound=entry_id, include_lower=False
        )
        return silent(bound)

    def _both(self, node: Both, depth: int) -> Query:
        musts = [self.query(each, depth) for each in node.must]
        musts += [silent(self.query(each, depth)) for each in node.filters]
        if not musts:
            musts.append(silent(Query.all_query()))
        clauses = [(Occur.Must, query) for query in musts]
        clauses += [(Occur.Should, self.query(each, depth)) for each in node.should]
        clauses += [(Occur.MustNot, self.query(each, depth)) for each in node.without]
        return Query.boolean_query(clauses)


def _weighed(query: Query, boost: float) -> Query:
    return Query.boost_query(query, boost * _BM25_SCALE)


def even_score(node: Node) -> float | None:
    """The score that all entries have which the node finds, where it is one; they can be sorted
    by their ids alone then."""
    match node:
        case Everything() | Terms() | Range():
            return 0.0
        case Prefix(score=score) | Constant(score=score):
            return score
        case Both(must, (), _, _):
            scores = [even_score(each) for each in must]
            return None if None in scores else sum(score or 0.0 for score in scores)
        case _:
            return None
