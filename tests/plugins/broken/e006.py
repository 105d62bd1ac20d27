"""Its label is a plural."""

from cms.plugins.api import ContentPlugin


class Plugin(ContentPlugin):
    """Its label is a plural."""

    label = "events"
    requires = ">=1,<2"
