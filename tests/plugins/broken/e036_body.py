"""A body with choosers of pages on the card."""

from wagtail.fields import StreamField

from cms.plugins.api import BodyBlock, ContentPage, ExposedField


class BrokenPage(ContentPage):
    body = StreamField(BodyBlock())

    exposed_fields = [ExposedField("body", card=True)]

    class Meta:
        app_label = "broken"
