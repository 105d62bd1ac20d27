"""The visibility matrix: every endpoint × every way to a thing × every reason to hide it."""
