"""A text block that wagtail-localize passes over."""

from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.fields import StreamField

from cms.plugins.api import BodyBlock, ContentPage, ExposedField


class BrokenBody(BodyBlock):
    prices = TableBlock()


class BrokenPage(ContentPage):
    body = StreamField(BrokenBody())

    exposed_fields = [ExposedField("body", translate=True)]

    class Meta:
        app_label = "broken"
