"""The public name of another plugin's type."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    subtitle = models.CharField(max_length=80)

    public_name = "article"
    exposed_fields = [ExposedField("subtitle")]

    class Meta:
        app_label = "broken"
