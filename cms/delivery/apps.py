"""What the outside reads: REST, menus, images, errors."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    """The readers of published documents."""

    name = "cms.delivery"
    label = "delivery"
    verbose_name = _("Delivery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.changes.worker import register_duty
        from cms.delivery.access import cors
        from cms.delivery.menus.models import Menu, on_menu_deleted
        from cms.delivery.preview.duties import RemovePreviews
        from cms.delivery.preview.viewer import send_to_frontend
        from cms.pages.drafts import show_drafts_with

        post_delete.connect(on_menu_deleted, sender=Menu, dispatch_uid="cms.delivery")
        cors.connect()
        show_drafts_with(send_to_frontend)
        register_duty(RemovePreviews())
