"""A block of a class without a kind, inside a struct."""

from wagtail import blocks
from wagtail.fields import StreamField

from cms.plugins.api import BodyBlock, ContentPage, ExposedField


class BrokenBody(BodyBlock):
    opening = blocks.StructBlock([("at", blocks.TimeBlock())])


class BrokenPage(ContentPage):
    body = StreamField(BrokenBody())

    exposed_fields = [ExposedField("body")]

    class Meta:
        app_label = "broken"
