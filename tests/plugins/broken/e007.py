"""A page model whose name does not say that it is one."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class Broken(ContentPage):
    subtitle = models.CharField(max_length=80)

    exposed_fields = [ExposedField("subtitle")]

    class Meta:
        app_label = "broken"
