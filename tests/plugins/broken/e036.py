"""A reference to a page on the card."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    target = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")

    exposed_fields = [ExposedField("target", card=True)]

    class Meta:
        app_label = "broken"
