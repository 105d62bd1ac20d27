"""The plugin's settings."""

from pydantic import BaseModel


class Settings(BaseModel):
    """How many events a page shows."""

    limit: int = 10
