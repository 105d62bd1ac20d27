"""What a page is, in another language, that is not translated into it: decided by section."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

__all__ = ["SectionPolicy"]


class SectionPolicy(models.Model):
    """The rule of one page and all below it for one language; the nearest above a page counts.

    A page in the portal's own language carries it, for another language (ADR 43). Where there is
    none, a page that is not translated is absent, unless somebody has made an alias of it.
    """

    class Policy(models.TextChoices):
        """What a reader of the language is given of a page without a translation."""

        ABSENT = "absent", pgettext_lazy("untranslated page", "Absent")
        NOTICE = "notice", pgettext_lazy("untranslated page", "The source, with a notice")
        ALIAS = "alias", pgettext_lazy("untranslated page", "An alias in the tree of the language")

    page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        related_name="section_policies",
        verbose_name=_("section"),
    )
    locale = models.CharField(_("locale"), max_length=20)
    """The code of the language that readers ask for."""
    policy = models.CharField(
        _("untranslated pages"), max_length=8, choices=Policy.choices, default=Policy.NOTICE
    )

    class Meta:
        verbose_name = _("rule for untranslated pages")
        verbose_name_plural = _("rules for untranslated pages")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["page", "locale"],
                name="section_policy_once",
                violation_error_message=_("This section has a rule for this language already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.page.draft_title} → {self.locale}: {self.get_policy_display()}"

    def clean(self) -> None:
        """Only from the portal's own language into another: so a page has one source at most."""
        if self.locale == settings.LANGUAGE_CODE:
            raise ValidationError({"locale": _("Choose a language other than the portal's own.")})
        sources = Page.objects.filter(pk=self.page_id)
        if sources.exclude(locale__language_code=settings.LANGUAGE_CODE).exists():
            raise ValidationError({"page": _("Choose a section in the portal's own language.")})

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves; what follows from it is done in the same transaction (``cms.pages.receivers``)."""
        super().save(*args, **kwargs)

    @transaction.atomic
    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Deletes, in one transaction with what follows from it."""
        return super().delete(*args, **kwargs)
