"""A negative search weight."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    subtitle = models.CharField(max_length=80)

    exposed_fields = [ExposedField("subtitle", search=-2.0)]

    class Meta:
        app_label = "broken"
