"""The menus' table."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.validators import RegexValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.changes.feed import append
from cms.changes.models import Change, Reason
from cms.delivery.menus.blocks import MenuBlock

__all__ = ["Menu"]


class Menu(TranslatableMixin, models.Model):
    """A menu in one locale; the frontend asks for it by its handle."""

    title = models.CharField(
        _("title"), max_length=120, help_text=_("For editors, and for screen readers.")
    )
    handle = models.CharField(
        _("handle"), max_length=40,
        validators=[RegexValidator(r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z")],
        help_text=_("The frontend's name for it: main, footer."),
    )  # fmt: skip
    items = StreamField(MenuBlock(), blank=True, verbose_name=_("entries"))

    panels: ClassVar = [FieldPanel("title"), FieldPanel("handle"), FieldPanel("items")]
    translatable_fields: ClassVar = [
        TranslatableField("title"),
        SynchronizedField("handle"),
        TranslatableField("items"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("menu")
        verbose_name_plural = _("menus")
        ordering: ClassVar = ["handle", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["handle", "locale"], name="menu_once_a_locale")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tag(self) -> str:
        """``menu:main``: what answers with this menu are tagged with."""
        return f"menu:{self.handle}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves, and tells the change feed in the same transaction."""
        reason = Reason.PUBLISH if self._state.adding else Reason.UPDATE
        with transaction.atomic():
            super().save(*args, **kwargs)
            record(self, reason)


def record(menu: Menu, reason: Reason) -> None:
    """Writes the feed's entry about a menu. Needs a transaction."""
    append(
        [
            Change(
                reason=reason,
                type="menu",
                object_id=menu.pk,
                locale=menu.locale.language_code,
                tags=[menu.tag],
            )
        ]
    )


def on_menu_deleted(instance: Menu, **kwargs: Any) -> None:
    """A menu was deleted, alone or with others at once."""
    record(instance, Reason.DELETE)
