"""The gallery plugin."""

from django.utils.translation import gettext_lazy as _

from cms.plugins.api import ContentPlugin


class GalleryPlugin(ContentPlugin):
    """See models.py for the content types."""

    name = "cms.plugins.gallery"
    label = "gallery"
    verbose_name = _("Gallery")
    requires = ">=1,<2"
