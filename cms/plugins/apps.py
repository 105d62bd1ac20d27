"""The plugin contract as an app: its system checks, its commands, and the end of registration."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from cms.plugins.registry import registry


class PluginsConfig(AppConfig):
    """Comes last among this project's apps, so that every plugin has registered before it."""

    name = "cms.plugins"
    label = "plugins"
    verbose_name = _("Plugins")

    def ready(self) -> None:
        """Registers the checks, hands the plugins' followers to the worker, ends registration.

        What a plugin lists that is no follower is left to the system check cms.E011, without
        which no worker starts.
        """
        from cms.changes.followers import Follower
        from cms.changes.worker import register_follower
        from cms.plugins.checks import check_contract
        from cms.plugins.config import collect

        for contribution in collect("followers"):
            for follower in contribution.value:
                if isinstance(follower, Follower):
                    register_follower(follower)
        checks.register(check_contract, "plugins")
        registry.close()
