"""What the outside reads: REST, menus, images, errors."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    """The readers of published documents."""

    name = "cms.delivery"
    label = "delivery"
    verbose_name = _("Delivery")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.delivery.texts import register_collation

        connection_created.connect(register_collation, dispatch_uid="cms.delivery")
