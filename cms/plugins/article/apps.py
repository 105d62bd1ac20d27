"""The article plugin."""

from django.utils.translation import gettext_lazy as _

from cms.plugins.api import ContentPlugin


class ArticlePlugin(ContentPlugin):
    """See models.py for the content types."""

    name = "cms.plugins.article"
    label = "article"
    verbose_name = _("Article")
    requires = ">=1,<2"
