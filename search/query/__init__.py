"""What a reader types, read and turned into conditions."""

from search.query.parsing import MAX_LENGTH, ParsedQuery, QueryError, parse_query
from search.query.ranking import Ranking, build_tree

__all__ = ["MAX_LENGTH", "ParsedQuery", "QueryError", "Ranking", "build_tree", "parse_query"]
