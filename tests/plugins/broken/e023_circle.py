"""A page type that only stands below itself."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    subtitle = models.CharField(max_length=80)

    parent_types = ("broken",)
    exposed_fields = [ExposedField("subtitle")]

    class Meta:
        app_label = "broken"
