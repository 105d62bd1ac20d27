"""A field that is exposed twice."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    subtitle = models.CharField(max_length=80)

    exposed_fields = [ExposedField("subtitle"), ExposedField("subtitle", card=True)]

    class Meta:
        app_label = "broken"
