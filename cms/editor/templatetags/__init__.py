"""Template tags of the built-in pages."""
