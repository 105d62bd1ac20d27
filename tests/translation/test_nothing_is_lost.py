"""Random work on pages in three languages: no translated text is lost while its source stands.

Ten sequences in the normal run; `make soak` asks for 1,000 (TRANSLATION_SEQUENCES).
"""

from __future__ import annotations

import os
import uuid
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.pages.models import TranslationState
from cms.plugins.article.models import ArticlePage
from cms.translation.syncing.state import refresh_all
from cms.translation.syncing.submitting import submit, sync
from tests.fixtures.portal import make_portal
from tests.translation.languages import begin

pytestmark = pytest.mark.django_db

SEQUENCES = int(os.environ.get("TRANSLATION_SEQUENCES", "10"))
PICK = st.integers(min_value=0, max_value=20)
# Few texts, so that each goes, comes back, stands twice and stands elsewhere.
TEXT = st.sampled_from(["lúa", "lúa gạo", "đồng ruộng", "xã viên", "vụ mùa"])
BODY = st.lists(st.lists(TEXT, min_size=1, max_size=3), max_size=3)

_Known = tuple[uuid.UUID, str, str]


class Translators(RuleBasedStateMachine):
    """Editors and translators at work on one portal; each run is undone at its end."""

    def __init__(self) -> None:
        super().__init__()
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        self.portal = make_portal()
        self.locales = begin(self.portal, "en", "fr")
        self.known: defaultdict[_Known, set[str]] = defaultdict(set)
        self.number = 0
        for title in ("Bài một", "Bài hai"):
            page = self.portal.article(title, lead="lúa", body=blocks([["gạo", "mùa"]]))
            submit([page.pk], self.locales)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)

    def sources(self) -> list[ArticlePage]:
        return list(ArticlePage.objects.filter(locale__language_code="vi").order_by("pk"))

    def pick(self, index: int) -> ArticlePage | None:
        pages = self.sources()
        return pages[index % len(pages)] if pages else None

    def translations(self, *, enabled: bool = True) -> list[Translation]:
        """Those of articles whose source page and translated page are both there."""
        rows = Translation.objects.filter(
            enabled=enabled,
            source__object_id__in=[page.translation_key for page in self.sources()],
        )
        rows = rows.select_related("source__locale", "target_locale").order_by("pk")
        return [row for row in rows if target(row) is not None]

    def choose(self, index: int, *, enabled: bool = True) -> Translation | None:
        rows = self.translations(enabled=enabled)
        return rows[index % len(rows)] if rows else None

    def words(self) -> str:
        """A translation that was never given before."""
        self.number += 1
        return f"words {self.number}"

    def note(self, translation: Translation, text: str, words: str) -> None:
        key = translation.source.object_id
        self.known[key, translation.target_locale.language_code, text].add(words)

    @rule(index=PICK, lead=TEXT, body=BODY, anew=st.booleans(), synced=st.booleans())
    def edit(self, index: int, lead: str, body: list[list[str]], anew: bool, synced: bool) -> None:
        """The source changes; its blocks keep their ids, or all are made anew."""
        page = self.pick(index)
        if page is not None:
            page.lead = lead
            page.body = blocks(body, "" if anew else str(page.translation_key))
            page.save_revision().publish()
            if synced:
                assert not sync([page.pk]).failed

    @rule(index=PICK, order=st.randoms(use_true_random=False))
    def reorder(self, index: int, order: Any) -> None:
        page = self.pick(index)
        if page is not None:
            body = [dict(block) for block in page.body.raw_data]
            order.shuffle(body)
            page.body = body
            page.save_revision().publish()

    @rule(index=PICK, publish=st.booleans())
    def sync(self, index: int, publish: bool) -> None:
        if (page := self.pick(index)) is not None:
            assert not sync([page.pk], publish=publish).failed

    @rule(index=PICK, segment=PICK)
    def translate(self, index: int, segment: int) -> None:
        if (translation := self.choose(index)) is not None:
            segments = segments_of(translation)
            self.give(translation, segments[segment % len(segments)])

    @rule(index=PICK)
    def translate_all(self, index: int) -> None:
        if (translation := self.choose(index)) is not None:
            for segment in segments_of(translation):
                self.give(translation, segment)

    def give(self, translation: Translation, chosen: StringSegment) -> None:
        words = self.words()
        StringTranslation.objects.update_or_create(
            translation_of=chosen.string,
            context_id=chosen.context_id,
            locale=translation.target_locale,
            defaults={"data": words, "translation_type": "manual"},
        )
        self.note(translation, chosen.string.data, words)

    @rule(index=PICK, publish=st.booleans())
    def save(self, index: int, publish: bool) -> None:
        if (translation := self.choose(index)) is not None:
            translation.save_target(publish=publish)

    @rule(index=PICK)
    def unpublish(self, index: int) -> None:
        if (translation := self.choose(index)) is not None:
            page = target(translation)
            assert page is not None
            page.specific.unpublish()

    @rule(index=PICK)
    def stop(self, index: int) -> None:
        if (translation := self.choose(index)) is not None:
            translation.enabled = False
            translation.save()

    @rule(index=PICK)
    def write_by_hand(self, index: int) -> None:
        """Somebody changes the lead of a page that has left sync mode."""
        translation = self.choose(index, enabled=False)
        page = target(translation) if translation is not None else None
        if translation is None or page is None:
            return
        draft = page.specific.get_latest_revision_as_object()
        before, draft.lead = draft.lead, self.words()
        draft.save_revision()
        segment = StringSegment.objects.filter(source=translation.source, context__path="lead")
        self.note(translation, segment.get().string.data, draft.lead)
        # What it replaces may have been given for another text: for that one, too, it is the
        # wording that a person wanted in the end.
        code = translation.target_locale.language_code
        for (key, locale, _text), words in self.known.items():
            if (key, locale) == (translation.source.object_id, code) and before in words:
                words.add(draft.lead)

    @rule(index=PICK, save=st.booleans())
    def restart(self, index: int, save: bool) -> None:
        if (translation := self.choose(index, enabled=False)) is not None:
            translation.enabled = True
            translation.save()
            if save:
                translation.save_target(publish=False)

    @rule(index=PICK)
    def submit_again(self, index: int) -> None:
        if (page := self.pick(index)) is not None:
            assert not submit([page.pk], self.locales).failed

    @rule(index=PICK)
    def move(self, index: int) -> None:
        page = self.pick(index)
        if page is not None:
            parent = page.get_parent()
            other = self.portal.texts if parent.pk == self.portal.news.pk else self.portal.news
            page.move(Page.objects.get(pk=other.pk), pos="last-child")

    @rule(index=PICK)
    def delete_translation(self, index: int) -> None:
        """What was written by hand on it, and is in no segment, goes with it."""
        if (translation := self.choose(index)) is not None:
            page = target(translation)
            assert page is not None
            page.specific.delete()

    @rule(index=PICK)
    def delete_source(self, index: int) -> None:
        page = self.pick(index)
        if page is not None and len(self.sources()) > 1:
            page.delete()

    @invariant()
    def no_translated_text_is_lost(self) -> None:
        for translation in self.translations():
            now = all_shown(translation)
            code = translation.target_locale.language_code
            for text, translated in now.items():
                known = self.known[translation.source.object_id, code, text]
                assert not known or known & translated, (code, text, known, translated)

    @invariant()
    def states_are_as_a_fresh_look_says(self) -> None:
        before = set(states())
        refresh_all()
        assert set(states()) == before


def blocks(body: list[list[str]], name: str = "") -> list[dict[str, Any]]:
    """A body of paragraphs; without a name each block has an id that never was before."""
    return [
        {
            "type": "paragraph",
            "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{name}{i}")) if name else str(uuid.uuid4()),
            "value": "".join(f"<p>{text}</p>" for text in texts),
        }
        for i, texts in enumerate(body)
    ]


def target(translation: Translation) -> Page | None:
    page: Page | None = Page.objects.filter(
        translation_key=translation.source.object_id, locale=translation.target_locale
    ).first()
    return page


def segments_of(translation: Translation) -> list[StringSegment]:
    segments = StringSegment.objects.filter(source=translation.source).order_by("order")
    return list(segments.select_related("string"))


def all_shown(translation: Translation) -> dict[str, set[str | None]]:
    """What each text is translated as, at all the places where it stands."""
    found: defaultdict[str, set[str | None]] = defaultdict(set)
    segments = StringSegment.objects.filter(source=translation.source)
    for segment in segments.annotate_translation(translation.target_locale).select_related(
        "string"
    ):
        found[segment.string.data].add(segment.translation)
    return found


def states() -> Iterator[tuple[Any, ...]]:
    names = [field.attname for field in TranslationState._meta.concrete_fields]
    yield from TranslationState.objects.values_list(*[name for name in names if name != "id"])


def test_random_work_loses_no_translated_text(db: None) -> None:
    run_state_machine_as_test(
        Translators,
        settings=settings(
            max_examples=SEQUENCES,
            stateful_step_count=30,
            deadline=None,
            # A failing sequence is read as it is: shrinking one takes many minutes.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
