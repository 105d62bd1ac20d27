"""A page type below one that doesn't exist."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    subtitle = models.CharField(max_length=80)

    parent_types = ("nowhere",)
    exposed_fields = [ExposedField("subtitle")]

    class Meta:
        app_label = "broken"
