"""The embedded engine: an index of tantivy in a folder of this node, without a server.

It is the default, and answers when Elasticsearch can't. `engine` puts the rest behind the contract:
`folder` keeps the generations of the index and says who may write; `schema` says how an entry is
stored, `writing` stores it; `reading` keeps the current generation open; `translate` and `matching`
turn a request into queries, `ranking`, `facets` and `words` answer.
"""

from search.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
