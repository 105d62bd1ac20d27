"""Formatted text of child rows, which no translator would see."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField

from cms.plugins.api import ContentPage, ExposedField


class BrokenPage(ContentPage):
    exposed_fields = [ExposedField("rows")]

    class Meta:
        app_label = "broken"


class BrokenRow(models.Model):
    page = ParentalKey(BrokenPage, on_delete=models.CASCADE, related_name="rows")
    remark = RichTextField(blank=True)

    exposed_fields = [ExposedField("remark", translate=True)]

    class Meta:
        app_label = "broken"
