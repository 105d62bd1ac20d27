"""The section plugin."""

from django.utils.translation import gettext_lazy as _

from cms.plugins.api import ContentPlugin


class SectionPlugin(ContentPlugin):
    """See models.py for the content types."""

    name = "cms.plugins.section"
    label = "section"
    verbose_name = _("Section")
    requires = ">=1,<2"
