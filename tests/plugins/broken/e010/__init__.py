"""Routes that are a plain list."""
