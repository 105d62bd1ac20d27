"""A number for translators."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    seats = models.IntegerField()

    exposed_fields = [ExposedField("seats", translate=True)]

    class Meta:
        app_label = "broken"
