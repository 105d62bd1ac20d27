"""The engine on Elasticsearch servers: an index for each locale, each behind an alias.

`client` asks the servers, `mapping` says how an entry is stored, `translate` and `answers` turn
requests into the servers' language and back, `indices` knows which indices there are, `writer` and
`rebuild` fill them.
"""
