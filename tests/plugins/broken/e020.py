"""A page type with api_fields."""

from django.db import models
from wagtail.api import APIField

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    subtitle = models.CharField(max_length=80)

    api_fields = [APIField("subtitle")]
    exposed_fields = [ExposedField("subtitle")]

    class Meta:
        app_label = "broken"
