"""Settings that are no pydantic model."""
