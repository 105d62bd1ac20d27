"""CMS_PLUGINS names an ordinary app."""

from django.conf import settings

SETTINGS = {"CMS_PLUGINS": [*settings.CMS_PLUGINS, "django.contrib.auth"]}
