"""The official_document plugin."""

from django.utils.translation import gettext_lazy as _

from cms.plugins.api import ContentPlugin


class OfficialDocumentPlugin(ContentPlugin):
    """See models.py for the content types."""

    name = "cms.plugins.official_document"
    label = "official_document"
    verbose_name = _("Official document")
    requires = ">=1,<2"
