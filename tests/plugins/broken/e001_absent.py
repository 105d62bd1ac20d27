"""CMS_PLUGINS names an app that is not installed."""

from django.conf import settings

SETTINGS = {"CMS_PLUGINS": [*settings.CMS_PLUGINS, "acme.event.apps.EventPlugin"]}
