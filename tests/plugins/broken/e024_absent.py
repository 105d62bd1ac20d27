"""A shared record without a natural key."""

from django.db import models

from cms.plugins.api import ContentSnippet, ExposedField


class BrokenRecord(ContentSnippet):
    code = models.CharField(max_length=80)

    exposed_fields = [ExposedField("code")]

    class Meta:
        app_label = "broken"
