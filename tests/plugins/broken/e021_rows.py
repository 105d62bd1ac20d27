"""Child rows that expose nothing."""

from django.db import models
from modelcluster.fields import ParentalKey

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    exposed_fields = [ExposedField("rows")]

    class Meta:
        app_label = "broken"


class BrokenRow(models.Model):
    page = ParentalKey(BrokenPage, on_delete=models.CASCADE, related_name="rows")

    class Meta:
        app_label = "broken"
