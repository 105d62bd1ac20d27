"""What a reader types, read and turned into conditions."""

from search.query.parsing import ParsedQuery, parse_query
from search.query.ranking import build_tree
from search.query.suggestions import build_suggestion_tree
from search.query.syntax import MAX_LENGTH, QueryError

__all__ = ["MAX_LENGTH", "ParsedQuery", "QueryError", "build_suggestion_tree", "build_tree",
           "parse_query"]  # fmt: skip
