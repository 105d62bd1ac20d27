"""Formatted text of a shared record, which nobody could translate."""

from django.db import models
from wagtail.fields import RichTextField

from cms.plugins.api import ContentSnippet, ExposedField


class BrokenRecord(ContentSnippet):
    code = models.CharField(max_length=80, unique=True)
    remark = RichTextField(blank=True)

    natural_key_field = "code"
    exposed_fields = [ExposedField("code"), ExposedField("remark", translate=True)]

    class Meta:
        app_label = "broken"
