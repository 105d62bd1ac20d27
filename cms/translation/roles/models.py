"""A translator's role."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupPagePermission, Locale, Page

from cms.translation.roles.granting import bring_in_step

__all__ = ["TranslatorRole"]


class TranslatorRole(models.Model):
    """A group translates a section, from the language that it stands in, into one other language.

    The section is a page of the source with all below it. Its translators read it and can change
    nothing there; they translate what stands below its translation, and publish that if the role
    says so. A group that has a role is for translators alone: its rights to pages are those of its
    roles, and are written by ``cms.translation.roles.granting``.
    """

    group = models.ForeignKey(
        Group,
        on_delete=models.CASCADE,
        related_name="translator_roles",
        verbose_name=_("group"),
        help_text=_(
            "For translators alone: the group's rights to pages are those of its roles. "
            "Put people into it under Settings, Users."
        ),
    )
    section = models.ForeignKey(
        Page,
        on_delete=models.CASCADE,
        related_name="translator_roles",
        verbose_name=_("section"),
        help_text=_(
            "A page in the language that is translated from, with all pages below it. "
            "Choose the home page for the whole site."
        ),
    )
    target_locale = models.ForeignKey(
        Locale,
        on_delete=models.CASCADE,
        related_name="translator_roles",
        verbose_name=_("translates into"),
    )
    may_publish = models.BooleanField(
        _("may publish translations"),
        default=False,
        help_text=_("Without this, somebody else publishes what the translators have finished."),
    )

    class Meta:
        verbose_name = _("translator role")
        verbose_name_plural = _("translator roles")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "section", "target_locale"], name="translator_role_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.section.title} → {self.target_locale.language_code}"

    @property
    def source_locale(self) -> Locale:
        """The language that is translated from."""
        locale: Locale = self.section.locale
        return locale

    def clean(self) -> None:
        """Raises ValidationError where the parts don't fit together."""
        section = Page.objects.filter(pk=self.section_id).first()
        if section is not None and section.is_root():
            raise ValidationError({"section": _("Choose a page below the root.")})
        if section is not None and section.locale_id == self.target_locale_id:
            raise ValidationError({"target_locale": _("The section is in this language already.")})
        if section is not None and section.alias_of_id is not None:
            raise ValidationError(
                {"section": _("This page shows another page's text: choose that page.")}
            )
        others = TranslatorRole.objects.filter(group=self.group_id)
        own = GroupPagePermission.objects.filter(group=self.group_id)
        if self.group_id and own.exists() and not others.exists():
            text = _("This group has rights to pages of its own. Choose one for translators alone.")
            raise ValidationError({"group": text})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves it, and gives the group the rights that follow; takes away those that don't."""
        with transaction.atomic():
            before = TranslatorRole.objects.filter(pk=self.pk).values_list("group_id", flat=True)
            groups = {*before, self.group_id}
            super().save(*args, **kwargs)
            bring_in_step(groups)
