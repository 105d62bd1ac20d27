"""A filter on rich text."""

from wagtail.fields import RichTextField

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    text = RichTextField()

    exposed_fields = [ExposedField("text", filter=True)]

    class Meta:
        app_label = "broken"
