"""Settings for a plugin that has no conf.py."""

SETTINGS = {"CMS_PLUGIN_SETTINGS": {"broken": {"limit": 3}}}
