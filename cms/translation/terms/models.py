"""The glossary of terms."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from cms.translation.terms.glossary import forget_glossaries

__all__ = ["GlossaryTerm"]


def content_languages() -> list[tuple[str, str]]:
    """The languages that content has, for the choices of a field."""
    return [(code, str(name)) for code, name in settings.WAGTAIL_CONTENT_LANGUAGES]


class GlossaryTerm(index.Indexed, models.Model):
    """A term and how it is translated.

    Forms are alternatives, one a line: abbreviations, plurals, other spellings.
    """

    source_locale = models.CharField(
        _("translated from"), max_length=12, default="vi", choices=content_languages
    )
    target_locale = models.CharField(
        _("translated into"), max_length=12, default="en", choices=content_languages
    )
    source = models.CharField(_("term"), max_length=120)
    source_forms = models.TextField(
        _("other forms"), blank=True, help_text=_("Abbreviations and spellings, one a line.")
    )
    target = models.CharField(_("translation"), max_length=120)
    target_forms = models.TextField(
        _("accepted as well"), blank=True, help_text=_("Abbreviations and plurals, one a line.")
    )
    forbidden = models.TextField(
        _("not to be used"), blank=True, help_text=_("Wrong translations, one a line.")
    )
    case_sensitive = models.BooleanField(
        _("capitals matter"), default=False, help_text=_("In the term and in its translation.")
    )
    enforced = models.BooleanField(
        _("binding"),
        default=False,
        help_text=_("A translation that doesn't keep to it is not published from its editor."),
    )
    note = models.CharField(_("note"), max_length=255, blank=True)
    active = models.BooleanField(_("in use"), default=True)

    search_fields: ClassVar = [
        index.SearchField("source"),
        index.SearchField("source_forms"),
        index.SearchField("target"),
        index.AutocompleteField("source"),
        index.AutocompleteField("target"),
        index.FilterField("source_locale"),
        index.FilterField("target_locale"),
        index.FilterField("enforced"),
        index.FilterField("active"),
    ]

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering: ClassVar = ["source", "target_locale"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source_locale", "target_locale", "source"],
                name="one_translation_of_a_term",
                violation_error_message=_("There is a translation of this term already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        transaction.on_commit(forget_glossaries)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        transaction.on_commit(forget_glossaries)
        return deleted

    def clean(self) -> None:
        """Refuses a translation into the same language, and what is both wanted and forbidden."""
        super().clean()
        if self.source_locale == self.target_locale:
            raise ValidationError({"target_locale": _("Choose another language.")})
        wanted = {self.target, *self.target_forms.splitlines()}
        both = {form.strip() for form in self.forbidden.splitlines()} & wanted - {""}
        if both:
            text = _("Both wanted and not to be used: %(forms)s.")
            raise ValidationError({"forbidden": text % {"forms": ", ".join(sorted(both))}})
