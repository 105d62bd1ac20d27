"""A label that nothing has is disabled."""

SETTINGS = {"CMS_DISABLED_PLUGINS": ["evnet"]}
