"""It says no requirement."""

from cms.plugins.api import ContentPlugin


class Plugin(ContentPlugin):
    """It says no requirement."""

    label = "broken"
