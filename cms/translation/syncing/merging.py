"""Brings a translation that was written on by hand back into sync mode, and wipes nothing.

A three-way merge: ``base`` is the page as it was last made from its source and translations,
``ours`` as it is now, ``theirs`` the source. What differs between base and ours somebody has
written, and it becomes the translation of the text that it stands for. Where the source has moved
on as well, ours is carried over to be reviewed, as any translation is. What has no place in the
source's structure is kept as a leftover for a person to see to.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    Translation,
    TranslationLog,
    TranslationSource,
)

from cms.translation.syncing.absorbing import Absorber
from cms.translation.syncing.matching import align
from cms.translation.syncing.models import MergeLeftover
from cms.translation.syncing.readings import plain, read_page
from cms.translation.syncing.state import refresh_groups, together

__all__ = ["merge"]


def merge(translation: Translation) -> None:
    """Takes what was written by hand into the translation, just before it goes on."""
    source: TranslationSource = translation.source
    page = Page.objects.filter(
        translation_key=source.object_id, locale_id=translation.target_locale_id, alias_of=None
    ).first()
    if page is None:
        return
    ours = page.specific.get_latest_revision_as_object()
    base = _base(translation)
    if base is None:
        return
    with together():
        _Merge(translation, base, ours).run()
        refresh_groups([source.object_id])


def _base(translation: Translation) -> Any:
    """The page as it was last made; as it would be made now where that revision is gone.

    None where the source is gone: there is nothing to be in sync with.
    """
    log = (
        TranslationLog.objects.filter(
            source=translation.source, locale=translation.target_locale, revision__isnull=False
        )
        .select_related("revision")
        .last()
    )
    if log is not None and log.revision is not None:
        return log.revision.as_object()
    if not Page.objects.filter(
        translation_key=translation.source.object_id, locale_id=translation.source.locale_id
    ).exists():
        return None
    return translation.source.get_ephemeral_translated_instance(
        translation.target_locale, fallback=True
    )


class _Merge:
    def __init__(self, translation: Translation, base: Any, ours: Any) -> None:
        self._translation = translation
        self._base = read_page(base)
        self._ours = read_page(ours)
        segments = OverridableSegment.objects.filter(source=translation.source)
        self._overridable = dict(segments.values_list("context__path", "context_id"))

    def run(self) -> None:
        self._merge_texts()
        self._merge_values()
        self._merge_rest()

    def _merge_texts(self) -> None:
        base, ours = self._base.texts, self._ours.texts
        absorber = Absorber(self._translation)
        for path in dict.fromkeys((*base, *ours)):
            now = ours.get(path, [])
            for was, text in align(base.get(path, []), now, plain, plain):
                if was is None or text is None:
                    self._keep(path, was or "", text or "")
                elif path in self._overridable:
                    self._override(path, plain(text))
                elif not absorber.absorb(path, was, text, now):
                    self._keep(path, was, text)
        for path, was, text in absorber.carry():
            self._keep(path, was, text)

    def _merge_values(self) -> None:
        base, ours = self._base.values, self._ours.values
        for path in dict.fromkeys((*base, *ours)):
            was, value = base.get(path), ours.get(path)
            if was == value:
                continue
            if value is not None and path in self._overridable:
                self._override(path, value)
            else:
                self._keep(path, _words(was), _words(value))

    def _merge_rest(self) -> None:
        base, ours = self._base.rest, self._ours.rest
        for name in ours.keys() & base.keys():
            if ours[name] != base[name]:
                self._keep(name, _words(base[name]), _words(ours[name]))

    def _override(self, path: str, value: Any) -> None:
        SegmentOverride.objects.update_or_create(
            context_id=self._overridable[path],
            locale=self._translation.target_locale,
            defaults={
                "data_json": json.dumps(value, cls=DjangoJSONEncoder),
                "has_error": False,
                "field_error": "",
            },
        )

    def _keep(self, path: str, before: str, after: str) -> None:
        MergeLeftover.objects.get_or_create(
            translation=self._translation, path=path, before=before, after=after
        )


def _words(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
