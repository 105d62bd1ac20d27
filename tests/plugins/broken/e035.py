"""A sort key without an order."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    token = models.UUIDField()

    exposed_fields = [ExposedField("token", sort=True)]

    class Meta:
        app_label = "broken"
