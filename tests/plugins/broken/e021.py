"""A page type that exposes nothing."""

from django.db import models

from cms.plugins.api import ContentPage


class BrokenPage(ContentPage):
    subtitle = models.CharField(max_length=80)

    class Meta:
        app_label = "broken"
