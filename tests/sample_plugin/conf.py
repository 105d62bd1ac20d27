"""The plugin's settings: ``CMS_PLUGIN_SETTINGS["course"]``."""

from pydantic import BaseModel, Field

__all__ = ["Settings"]


class Settings(BaseModel, extra="forbid"):
    """What an operator may set."""

    upcoming_limit: int = Field(default=5, ge=1, le=50)
    """How many courses the list of upcoming ones has."""
