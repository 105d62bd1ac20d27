"""A stream block that drops what it doesn't know."""

from wagtail import blocks
from wagtail.fields import StreamField

from cms.plugins.api import ContentPage, ExposedField


class BrokenBody(blocks.StreamBlock):
    note = blocks.CharBlock()


class BrokenPage(ContentPage):
    body = StreamField(BrokenBody())

    exposed_fields = [ExposedField("body")]

    class Meta:
        app_label = "broken"
