"""A list in a struct in a struct, whose text wagtail-localize loses."""

from wagtail import blocks
from wagtail.fields import StreamField

from cms.plugins.api import BodyBlock, ContentPage, ExposedField


class BrokenBody(BodyBlock):
    visit = blocks.StructBlock(
        [("guests", blocks.StructBlock([("names", blocks.ListBlock(blocks.CharBlock()))]))]
    )


class BrokenPage(ContentPage):
    body = StreamField(BrokenBody())

    exposed_fields = [ExposedField("body", translate=True)]

    class Meta:
        app_label = "broken"
