"""The editor's app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditorConfig(AppConfig):
    """Puts this project's form fields into the admin's forms."""

    name = "cms.editor"
    label = "editor"
    verbose_name = _("Admin for editors")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.editor.form_fields import register_form_fields

        register_form_fields()
