"""Settings that don't fit conf.py."""

SETTINGS = {"CMS_PLUGIN_SETTINGS": {"broken": {"limit": "many"}}}
