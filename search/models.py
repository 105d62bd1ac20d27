"""The glossary of abbreviations that searches take for their phrases."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from cms.pages.exposed import ExposedField
from cms.pages.models import ContentSnippet
from cms.vietnamese.contractions import Spelling, read_spelling
from cms.vietnamese.syllables import has_syllable_shape
from search.glossary import forget_glossary

__all__ = ["Abbreviation"]


def content_languages() -> list[tuple[str, str]]:
    """The languages that content has, for the choices of a field."""
    return [(code, str(name)) for code, name in settings.WAGTAIL_CONTENT_LANGUAGES]


class Abbreviation(ContentSnippet):
    """An abbreviation and what it stands for; a search for either finds both.

    Several phrases may share an abbreviation. One that is not active stays in the list, unused.
    """

    abbreviation = models.CharField(_("abbreviation"), max_length=30)
    phrase = models.CharField(
        _("phrase"), max_length=120, unique=True, help_text=_("In full, with its marks.")
    )
    locale = models.CharField(_("language"), max_length=12, default="vi", choices=content_languages)
    active = models.BooleanField(
        _("used by searches"),
        default=True,
        help_text=_("Searches know of a change once the index has been written anew."),
    )

    natural_key_field = "phrase"
    exposed_fields: ClassVar = [
        ExposedField("abbreviation"),
        ExposedField("phrase"),
        ExposedField("locale"),
        ExposedField("active"),
    ]
    search_fields: ClassVar = [
        index.SearchField("abbreviation"),
        index.SearchField("phrase"),
        index.AutocompleteField("abbreviation"),
        index.AutocompleteField("phrase"),
    ]

    class Meta:
        verbose_name = _("abbreviation")
        verbose_name_plural = _("abbreviations")
        ordering: ClassVar = ["abbreviation", "phrase"]

    def __str__(self) -> str:
        return f"{self.abbreviation}: {self.phrase}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        transaction.on_commit(forget_glossary)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        transaction.on_commit(forget_glossary)
        return deleted

    def clean(self) -> None:
        """Refuses what a search could not tell from other words."""
        super().clean()
        errors: dict[str, Any] = {}
        spelling = read_spelling(self.abbreviation, self.phrase)
        if spelling is None:
            errors["phrase"] = _("A phrase has at least two words.")
        elif self.locale.startswith("vi") and _is_word(spelling):
            errors["abbreviation"] = _(
                "Without marks this reads as a Vietnamese word: a search could not tell them apart."
            )
        if errors:
            raise ValidationError(errors)


def _is_word(spelling: Spelling) -> bool:
    return len(spelling.term) < 2 or has_syllable_shape(spelling.term)
