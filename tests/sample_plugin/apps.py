"""The course plugin."""

from django.utils.translation import gettext_lazy as _

from cms.plugins.api import ContentPlugin


class CoursePlugin(ContentPlugin):
    """See models.py for the content types."""

    name = "tests.sample_plugin"
    label = "course"
    verbose_name = _("Courses")
    requires = ">=1,<2"
