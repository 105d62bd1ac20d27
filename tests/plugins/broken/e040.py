"""A schema with a type that JSON doesn't have."""

from cms.plugins.api import ComputedField, ContentPage


class BrokenPage(ContentPage):
    exposed_fields = [
        ComputedField("weight", read=lambda page, build: 1, schema={"type": "whole number"})
    ]

    class Meta:
        app_label = "broken"
