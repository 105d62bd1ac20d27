"""How well search finds: judged queries asked of a portal over HTTP (``make search-eval``)."""
