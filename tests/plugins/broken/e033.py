"""A field of a class without a kind."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    opens = models.TimeField()

    exposed_fields = [ExposedField("opens")]

    class Meta:
        app_label = "broken"
