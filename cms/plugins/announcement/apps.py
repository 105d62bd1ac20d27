"""The announcement plugin."""

from django.utils.translation import gettext_lazy as _

from cms.plugins.api import ContentPlugin


class AnnouncementPlugin(ContentPlugin):
    """See models.py for the content types."""

    name = "cms.plugins.announcement"
    label = "announcement"
    verbose_name = _("Announcement")
    requires = ">=1,<2"
