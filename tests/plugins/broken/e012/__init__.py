"""A resolver that can't be called."""
