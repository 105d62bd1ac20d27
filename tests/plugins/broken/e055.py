"""A block that excludes a child which it does not have from translation."""

from wagtail import blocks
from wagtail.fields import StreamField

from cms.plugins.api import BodyBlock, ContentPage, ExposedField


class StampBlock(blocks.StructBlock):
    number = blocks.CharBlock()

    class Meta:
        untranslated = ("numbre",)


class BrokenBody(BodyBlock):
    stamp = StampBlock()


class BrokenPage(ContentPage):
    body = StreamField(BrokenBody())

    exposed_fields = [ExposedField("body", translate=True)]

    class Meta:
        app_label = "broken"
