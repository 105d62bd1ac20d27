"""The translation app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    """Keeps the states of translations in step with pages and segments."""

    name = "cms.translation"
    label = "translation"
    verbose_name = _("Translation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail_localize.models import TranslationSource

        from cms.changes.worker import register_duty
        from cms.translation import receivers
        from cms.translation.declared import declare_all
        from cms.translation.memory import receivers as memory
        from cms.translation.policies import MakeAliases
        from cms.translation.roles import receivers as roles
        from cms.translation.syncing.extraction import refresh_segments

        # The one place that every road to new segments passes: the admin's views, commands and
        # code of others (ADR 40).
        TranslationSource.refresh_segments = refresh_segments
        declare_all()
        receivers.connect()
        memory.connect()
        register_duty(MakeAliases())
        roles.connect()
