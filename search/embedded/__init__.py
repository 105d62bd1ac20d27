"""The embedded engine: an index of tantivy in a folder of this node, without a server.

It is the default, and answers when Elasticsearch can't. `folder` keeps the generations of the index
and who may write, `schema` says how an entry is stored, `translate` turns conditions into queries,
`reading` and `ranking` answer, `writing` stores; `engine` is all of it behind the contract.
"""

from search.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
