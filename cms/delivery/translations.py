"""The same page in another locale, or what is served in its place where it is not translated."""

from __future__ import annotations

from django.conf import settings

from cms.delivery.parameters import LocaleParameters
from cms.delivery.problems import Problem
from cms.delivery.query.places import path_locale
from cms.delivery.stored import Stored, find_document
from cms.pages.section_policies import STANDING_IN, Policies, load_policies
from cms.pages.visibility import visible_documents

__all__ = ["find_by_path", "in_locale", "path_in_locale"]


def in_locale(row: Stored | None, parameters: LocaleParameters) -> Stored | None:
    """The page in the locale that is asked for, else what stands in for it, else None.

    That is the page in the fallback; where none is named, its source, if its section has it so.
    Raises Problem for a fallback without a locale.
    """
    locale, fallback = parameters.locale, parameters.fallback
    if fallback is not None and locale is None:
        raise Problem("missing-parameter", "A fallback needs a locale.", parameter="locale")
    if row is None or locale is None or row.locale == locale:
        return row
    translation = find_document(translation_key=row.translation_key, locale=locale)
    if translation is not None:
        return translation
    if parameters.leaves_it_to_sections:
        return _standing_in(row, load_policies(locale))
    return _of(row, parameters.fallback_locale)


def find_by_path(path: str, parameters: LocaleParameters) -> Stored | None:
    """The page at a public path, in the locale that is asked for.

    ``/en/gioi-thieu/`` with ``locale=en&fallback=vi`` finds the source at ``/gioi-thieu/`` where
    no page stands at the path itself: that is where a site looks that falls back. So it does
    without a fallback where the source's section has it stand in.
    """
    row = find_document(path=path)
    if row is not None:
        return in_locale(row, parameters)
    if parameters.fallback is None:
        return _standing_in_at(path, parameters.locale or path_locale(path))
    fallback = parameters.fallback_locale
    if fallback is not None and path_locale(path) != fallback:
        row = find_document(path=path_in_locale(path, fallback))
    return in_locale(row, parameters)


def _standing_in_at(path: str, locale: str) -> Stored | None:
    """The source at the path, where no page in the locale is that stands elsewhere."""
    policies = load_policies(locale)
    if not policies.are_any or path_locale(path) == settings.LANGUAGE_CODE:
        return None
    row = find_document(path=path_in_locale(path, settings.LANGUAGE_CODE))
    if row is None or find_document(translation_key=row.translation_key, locale=locale):
        return None
    return _standing_in(row, policies)


def _standing_in(row: Stored, policies: Policies) -> Stored | None:
    """The source of a page, where the rules have it stand in for a translation."""
    condition = policies.condition("page__path", STANDING_IN)
    source = _of(row, settings.LANGUAGE_CODE) if condition is not None else None
    if source is None or not visible_documents().filter(condition, pk=source.pk).exists():
        return None
    return source


def _of(row: Stored, locale: str | None) -> Stored | None:
    """The page in one locale exactly."""
    if locale is None or row.locale == locale:
        return row if locale is not None else None
    return find_document(translation_key=row.translation_key, locale=locale)


def path_in_locale(path: str, locale: str) -> str:
    """The path with the prefix of another locale in place of its own."""
    own = path_locale(path)
    bare = path if own == settings.LANGUAGE_CODE else path.removeprefix(f"/{own}") or "/"
    return bare if locale == settings.LANGUAGE_CODE else f"/{locale}{bare}"
