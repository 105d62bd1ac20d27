"""A reference to a model that documents can't hold."""

from django.db import models

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    reader = models.ForeignKey("auth.User", models.CASCADE, related_name="+")

    exposed_fields = [ExposedField("reader")]

    class Meta:
        app_label = "broken"
