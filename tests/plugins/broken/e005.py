"""It was made for another version."""

from cms.plugins.api import ContentPlugin


class Plugin(ContentPlugin):
    """It was made for another version."""

    label = "broken"
    requires = ">=2"
