"""The same page in another locale, or in the one to fall back to."""

from __future__ import annotations

from django.conf import settings

from cms.delivery.parameters import LocaleParameters
from cms.delivery.problems import Problem
from cms.delivery.query.places import path_locale
from cms.delivery.stored import Stored, find_document

__all__ = ["find_by_path", "in_locale", "path_in_locale"]


def in_locale(row: Stored | None, parameters: LocaleParameters) -> Stored | None:
    """The page in the locale that is asked for, else in the fallback, else None.

    Raises Problem for a fallback without a locale.
    """
    locale, fallback = parameters.locale, parameters.fallback
    if fallback is not None and locale is None:
        raise Problem("missing-parameter", "A fallback needs a locale.", parameter="locale")
    if row is None or locale is None or row.locale == locale:
        return row
    translation = find_document(translation_key=row.translation_key, locale=locale)
    if translation is not None or fallback is None:
        return translation
    if row.locale == fallback:
        return row
    return find_document(translation_key=row.translation_key, locale=fallback)


def find_by_path(path: str, parameters: LocaleParameters) -> Stored | None:
    """The page at a public path, in the locale that is asked for.

    ``/en/gioi-thieu/`` with ``locale=en&fallback=vi`` finds the source at ``/gioi-thieu/`` where
    no page stands at the path itself: that is where a site looks that falls back.
    """
    row = find_document(path=path)
    fallback = parameters.fallback
    if row is None and fallback is not None and path_locale(path) != fallback:
        row = find_document(path=path_in_locale(path, fallback))
    return in_locale(row, parameters)


def path_in_locale(path: str, locale: str) -> str:
    """The path with the prefix of another locale in place of its own."""
    own = path_locale(path)
    bare = path if own == settings.LANGUAGE_CODE else path.removeprefix(f"/{own}") or "/"
    return bare if locale == settings.LANGUAGE_CODE else f"/{locale}{bare}"
