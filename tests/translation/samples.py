"""Translated pages, and files of them, for the tests of memory, terms, exchange and machines."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from django.contrib.auth.models import User
from wagtail.models import Locale, Page
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.operations import translate_object

from cms.plugins.article.models import ArticlePage
from cms.translation.exchange.formats import FORMATS, read_file
from cms.translation.exchange.importing import Plan, apply_import, plan_import
from cms.translation.exchange.sheets import make_bundle
from cms.translation.models import GlossaryTerm
from cms.translation.segments import Segment, load_segments, save_wording
from cms.translation.terms.glossary import forget_glossaries
from tests.fixtures.portal import Portal

__all__ = [
    "RICH_EN",
    "Sample",
    "article_of",
    "bind",
    "every_format",
    "export",
    "line_of",
    "reasons",
    "segment_of",
    "submit",
    "take_in",
    "target_of",
    "wording_of",
    "write_wording",
]

RICH = '<p>Hợp tác xã <b>kiểu mới</b> tại <a href="https://vca.org.vn">Liên minh HTX</a>.</p>'
RICH_EN = 'A <b>new-style</b> cooperative at the <a id="a1">Cooperative Alliance</a>.'
"""What a translator makes of the segment in ``RICH``."""

every_format = pytest.mark.parametrize("name", FORMATS)


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


def target_of(translation: Translation) -> Page:
    """The page that it makes."""
    page: Page = translation.get_target_instance()
    return page


def export(*translations: Translation, name: str, only_untranslated: bool = False) -> str:
    """The file of a format that goes out with the translations into English."""
    bundle = make_bundle(list(translations), "vi", "en", only_untranslated=only_untranslated)
    return FORMATS[name].write(bundle).decode()


def reasons(content: str | bytes, user: User | None = None) -> list[tuple[int, str]]:
    """Why the file is refused: lines and reasons."""
    data = content.encode() if isinstance(content, str) else content
    return [(one.line, one.reason) for one in plan_import(read_file(data), user).problems]


def take_in(content: str | bytes, user: User | None = None) -> Plan:
    """What was done with the file; raises ``ImportRefusedError`` where it doesn't fit."""
    data = content.encode() if isinstance(content, str) else content
    return apply_import(read_file(data), user)


def line_of(content: str, words: str) -> int:
    """The number of the first line with the words, from 1."""
    return content[: content.index(words)].count("\n") + 1


def bind(source: str) -> None:
    """Makes a shipped term binding."""
    GlossaryTerm.objects.filter(source=source).update(enforced=True)
    forget_glossaries()
