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
        from wagtail_localize import models as localize_models
        from wagtail_localize.views import edit_translation

        from cms.changes.worker import register_duty
        from cms.translation import receivers
        from cms.translation.declared import declare_all
        from cms.translation.memory import receivers as memory
        from cms.translation.policies import MakeAliases
        from cms.translation.roles import receivers as roles
        from cms.translation.syncing.extraction import refresh_segments

        # The one place that every road to new segments passes: the admin's views, commands and
        # code of others (ADR 40).
        localize_models.TranslationSource.refresh_segments = refresh_segments
        # Its own has English names of months, whatever the admin's language (ADR 41).
        localize_models.DATE_FORMAT = edit_translation.DATE_FORMAT = "%d/%m/%Y"
        declare_all()
        receivers.connect()
        memory.connect()
        register_duty(MakeAliases())
        roles.connect()
