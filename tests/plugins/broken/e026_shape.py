"""The GraphQL name of a shape that pages are made of."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class CardPage(ContentPage):
    subtitle = models.CharField(max_length=80)

    exposed_fields = [ExposedField("subtitle")]

    class Meta:
        app_label = "broken"
