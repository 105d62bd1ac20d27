"""A block of raw HTML."""

from wagtail import blocks
from wagtail.fields import StreamField

from cms.plugins.api import BodyBlock, ContentPage, ExposedField


class BrokenBody(BodyBlock):
    html = blocks.RawHTMLBlock()


class BrokenPage(ContentPage):
    body = StreamField(BrokenBody())

    exposed_fields = [ExposedField("body")]

    class Meta:
        app_label = "broken"
