"""A filter on a value that is worked out."""

from cms.plugins.api import ComputedField, ContentPage


class BrokenPage(ContentPage):
    exposed_fields = [
        ComputedField("weight", filter=True, read=lambda page, build: 1, schema={"type": "integer"})
    ]

    class Meta:
        app_label = "broken"
