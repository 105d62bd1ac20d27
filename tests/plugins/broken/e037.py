"""A searched number."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    seats = models.IntegerField()

    exposed_fields = [ExposedField("seats", search=True)]

    class Meta:
        app_label = "broken"
