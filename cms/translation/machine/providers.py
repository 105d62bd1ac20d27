"""The providers: wagtail-localize's own with our options, and ours for language models."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.machine_translators.libretranslate import LibreTranslator

from cms.settings.translators import DeepL, Google, LibreTranslate, OpenAICompatible
from cms.translation.machine.language_model import LanguageModelTranslator

__all__ = ["build_provider"]


class _DeepL(DeepLTranslator):
    """DeepL, through a proxy where one is set, and with one glossary for the pair."""

    def get_api_endpoint(self) -> str:
        return str(self.options["URL"] or super().get_api_endpoint())

    def get_parameters(self, source_locale: Any, target_locale: Any, strings: Any) -> Any:
        parameters = super().get_parameters(source_locale, target_locale, strings)
        if self.options["GLOSSARY_ID"]:
            parameters["glossary_id"] = self.options["GLOSSARY_ID"]
        return parameters


def build_provider(options: Any) -> BaseMachineTranslator:
    """The provider that an entry of ``CMS_TRANSLATORS`` describes.

    Raises ImproperlyConfigured where its package isn't installed.
    """
    match options:
        case DeepL():
            return _DeepL(
                {
                    "AUTH_KEY": options.auth_key.get_secret_value(),
                    "FORMALITY": options.formality,
                    "GLOSSARY_ID": options.glossary_id,
                    "TIMEOUT": max(1, round(options.timeout)),
                    "URL": str(options.url) if options.url else None,
                }
            )
        case LibreTranslate():
            return LibreTranslator(
                {
                    "LIBRETRANSLATE_URL": str(options.url).rstrip("/"),
                    "API_KEY": options.api_key.get_secret_value(),
                    "TIMEOUT": options.timeout,
                }
            )
        case Google():
            return _google(options)
        case OpenAICompatible():
            return LanguageModelTranslator(options)
    raise ImproperlyConfigured(f"No translator is known for {type(options).__name__}.")


def _google(options: Google) -> BaseMachineTranslator:
    try:
        from wagtail_localize.machine_translators.google import GoogleCloudTranslator
    except ImportError as error:
        raise ImproperlyConfigured(
            "CMS_TRANSLATORS: the provider google needs the package google-cloud-translate."
        ) from error
    chosen: dict[str, Any] = {"PROJECT_ID": options.project_id, "LOCATION": options.location}
    if options.credentials_path is not None:
        chosen["CREDENTIALS_PATH"] = str(options.credentials_path)
    provider: BaseMachineTranslator = GoogleCloudTranslator(chosen)
    return provider
