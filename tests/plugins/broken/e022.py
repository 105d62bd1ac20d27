"""A page type of an app that is no plugin."""

from django.apps import AppConfig
from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class Plugin(AppConfig):
    """An ordinary app."""

    label = "broken"


class BrokenPage(ContentPage):
    subtitle = models.CharField(max_length=80)

    exposed_fields = [ExposedField("subtitle")]

    class Meta:
        app_label = "broken"
