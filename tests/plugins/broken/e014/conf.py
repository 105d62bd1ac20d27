"""A plain class."""


class Settings:
    """Not a pydantic model."""

    limit = 10
