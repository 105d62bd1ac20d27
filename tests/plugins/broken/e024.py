"""A shared record whose natural key is not unique."""

from django.db import models

from cms.plugins.api import ContentSnippet, ExposedField


class BrokenRecord(ContentSnippet):
    code = models.CharField(max_length=80)

    natural_key_field = "code"
    exposed_fields = [ExposedField("code")]

    class Meta:
        app_label = "broken"
