"""Search: one analysis, one contract, two engines.

`analysis` turns text into terms, `entries` a published document into what an engine stores, `query`
what a reader types into a tree of conditions. The engines (`embedded`, `elastic`) only store terms,
find and rank; both are followers of the change feed.
"""
