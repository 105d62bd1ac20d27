"""A field of a class without a kind."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    duration = models.DurationField()

    exposed_fields = [ExposedField("duration")]

    class Meta:
        app_label = "broken"
