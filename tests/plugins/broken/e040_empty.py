"""A schema that says nothing."""

from cms.plugins.api import ComputedField, ContentPage


class BrokenPage(ContentPage):
    exposed_fields = [ComputedField("weight", read=lambda page, build: 1, schema={})]

    class Meta:
        app_label = "broken"
