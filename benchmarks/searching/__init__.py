"""How quick search is: against the server's own answers, and as the portal grows."""
