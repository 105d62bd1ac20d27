"""The plugin contract as an app: its system checks, its commands, and the end of registration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from cms.plugins.registry import registry


class PluginsConfig(AppConfig):
    """Comes last among this project's apps, so that every plugin has registered before it."""

    name = "cms.plugins"
    label = "plugins"
    verbose_name = _("Plugins")

    def ready(self) -> None:
        registry.close()
