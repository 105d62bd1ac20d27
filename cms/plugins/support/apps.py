"""The support plugin."""

from django.utils.translation import gettext_lazy as _

from cms.plugins.api import ContentPlugin


class SupportPlugin(ContentPlugin):
    """See models.py for the content types."""

    name = "cms.plugins.support"
    label = "support"
    verbose_name = _("Support")
    requires = ">=1,<2"
