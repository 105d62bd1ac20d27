"""Translated pages for the tests of memory, terms, exchange and machines."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.contrib.auth.models import User
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.plugins.article.models import ArticlePage
from cms.translation.segments import Segment, load_segments, save_wording
from tests.fixtures.portal import Portal

__all__ = ["Sample", "submit", "wording_of", "write_wording"]

RICH = '<p>Hợp tác xã <b>kiểu mới</b> tại <a href="https://vca.org.vn">Liên minh HTX</a>.</p>'


@dataclass(frozen=True, slots=True)
class Sample:
    """A portal whose news are being translated into English."""

    portal: Portal
    locale: Locale

    def article(self, title: str = "Kế hoạch năm 2026", text: str = RICH) -> Translation:
        """An article that was submitted, nothing of it translated."""
        body = json.dumps([{"type": "paragraph", "value": text}])
        page = self.portal.article(title, body=body)
        return submit(page, self.locale)


def submit(page: Page, locale: Locale) -> Translation:
    """Submits one page."""
    translate_object(page, [locale])
    return Translation.objects.select_related("source__locale", "target_locale").get(
        source__object_id=page.translation_key, target_locale=locale
    )


def segment_of(translation: Translation, source: str) -> Segment:
    """The segment whose source has these words in it; the first one."""
    return next(one for one in load_segments([translation])[translation.pk] if source in one.source)


def write_wording(
    translation: Translation,
    source: str,
    wording: str,
    *,
    user: User | None = None,
    kind: str = "manual",
    tool: str = "",
) -> StringTranslation:
    """Translates the segment whose source has these words in it."""
    segment = segment_of(translation, source)
    return save_wording(
        segment, translation.target_locale, wording, user=user, kind=kind, tool=tool
    )


def wording_of(translation: Translation, source: str) -> str:
    """What it is translated as now, or nothing."""
    return segment_of(translation, source).wording


def article_of(translation: Translation) -> ArticlePage:
    """The Vietnamese page."""
    page: ArticlePage = ArticlePage.objects.get(
        translation_key=translation.source.object_id, locale=translation.source.locale
    )
    return page
