"""The change feed and those who follow it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangesConfig(AppConfig):
    """The feed's tables, the worker and its admin page."""

    name = "cms.changes"
    label = "changes"
    verbose_name = _("Changes")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.changes.purge.followers import purge_followers
        from cms.changes.webhooks.duties import DeliverWebhooks, TrimWebhookLog
        from cms.changes.worker import register_duty, register_follower

        register_duty(DeliverWebhooks())
        register_duty(TrimWebhookLog())
        for follower in purge_followers():
            register_follower(follower)
