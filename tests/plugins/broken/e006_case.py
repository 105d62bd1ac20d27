"""Its label has a capital letter."""

from cms.plugins.api import ContentPlugin


class Plugin(ContentPlugin):
    """Its label has a capital letter."""

    label = "Event"
    requires = ">=1,<2"
