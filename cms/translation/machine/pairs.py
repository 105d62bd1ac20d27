"""The translator that wagtail-localize is given: it asks the one that is set for the locales."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import requests
import structlog
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.strings import StringValue

from cms.translation.codes import BrokenCodesError, compare_codes
from cms.translation.machine.errors import TranslatorError
from cms.translation.machine.providers import build_provider

__all__ = ["PairTranslator"]

logger = structlog.get_logger(__name__)


class PairTranslator(BaseMachineTranslator):
    """Chooses by pair, and lets nothing through whose codes aren't those of the source.

    ``display_name`` is what a segment names as its tool: the provider's, once the pair is known.
    """

    display_name: Any = _("machine translation")

    def __init__(self, options: dict[str, Any] | None = None) -> None:
        super().__init__(options or {})

    def can_translate(self, source_locale: Locale, target_locale: Locale) -> bool:
        """Whether a provider is set for these locales."""
        pair = f"{source_locale.language_code}:{target_locale.language_code}"
        chosen = settings.CMS_TRANSLATORS.get(pair)
        if chosen is None:
            return False
        provider = build_provider(chosen)
        self.display_name = provider.display_name
        return bool(provider.can_translate(source_locale, target_locale))

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Iterable[StringValue]
    ) -> dict[StringValue, StringValue]:
        """The segments whose translation can be used; the others are left out.

        Raises TranslatorError where the provider can't be reached or answers with nonsense.
        """
        pair = f"{source_locale.language_code}:{target_locale.language_code}"
        chosen = settings.CMS_TRANSLATORS.get(pair)
        if chosen is None:
            raise TranslatorError(gettext("No translator is set for these languages."))
        provider = build_provider(chosen)
        self.display_name = provider.display_name
        try:
            answers = provider.translate(source_locale, target_locale, list(strings))
        except TranslatorError:
            raise
        except (requests.RequestException, KeyError, TypeError, ValueError) as error:
            # wagtail-localize's providers let these out for an error page and for a torn answer.
            logger.warning("translator_failed", pair=pair, error=type(error).__name__)
            text = gettext("%(name)s gave no answer that can be used.")
            raise TranslatorError(text % {"name": provider.display_name}) from error
        return {source: answer for source, answer in answers.items() if _fits(source, answer)}


def _fits(source: StringValue, answer: StringValue | None) -> bool:
    if answer is None or not isinstance(answer.data, str) or not answer.data.strip():
        return False
    try:
        compare_codes(source.data, answer.data)
    except BrokenCodesError:
        return False
    return True
