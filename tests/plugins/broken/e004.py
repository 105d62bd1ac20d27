"""Its requirement is no PEP 440 specifier."""

from cms.plugins.api import ContentPlugin


class Plugin(ContentPlugin):
    """Its requirement is no PEP 440 specifier."""

    label = "broken"
    requires = "version one"
