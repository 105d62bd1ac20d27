"""The resource plugin."""

from django.utils.translation import gettext_lazy as _

from cms.plugins.api import ContentPlugin


class ResourcePlugin(ContentPlugin):
    """See models.py for the content types."""

    name = "cms.plugins.resource"
    label = "resource"
    verbose_name = _("Resource")
    requires = ">=1,<2"
