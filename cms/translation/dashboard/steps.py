"""The one next step of each translation, and whether a user may do it: as columns of a query.

The database decides, so that steps can be filtered, counted and sorted by without reading pages.
"""

from __future__ import annotations

from typing import Any, Final

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.utils.translation import pgettext_lazy
from wagtail_localize.models import StringTranslation, Translation

from cms.pages.models import TranslationState
from cms.translation.roles.reach import Reach

__all__ = ["Step", "known_states", "with_links", "with_steps"]


class Step(TextChoices):
    """What is to be done with a translation, in the order in which it helps readers most."""

    SYNC = "sync", pgettext_lazy("translation step", "Sync")
    REVIEW = "review", pgettext_lazy("translation step", "Review")
    PUBLISH = "publish", pgettext_lazy("translation step", "Publish")
    TRANSLATE = "translate", pgettext_lazy("translation step", "Translate")
    REVISE = "revise", pgettext_lazy("translation step", "Bring up to date")
    SUBMIT = "submit", pgettext_lazy("translation step", "Submit")
    NONE = "", pgettext_lazy("translation step", "Nothing")

    @property
    def rank(self) -> int:
        """The place in this order."""
        return list(Step).index(self)

    @classmethod
    def of(cls, rank: int) -> Step:
        """The step at this place."""
        return list(cls)[rank]


_BY_TRANSLATORS: Final = (Step.TRANSLATE, Step.REVIEW, Step.REVISE)


_STATUS = TranslationState.Status
_SOURCE_IS_PUBLIC = Q(source__live=True)
# A draft that nobody has submitted needs no translation yet.
_COUNTS = _SOURCE_IS_PUBLIC | Q(managed=True) | Q(published=True)


def known_states(reach: Reach) -> QuerySet[TranslationState]:
    """The states that a user's dashboard is about."""
    rows: QuerySet[TranslationState] = TranslationState.objects.filter(_COUNTS, reach.states())
    return rows


def with_steps(rows: QuerySet[TranslationState], reach: Reach) -> QuerySet[Any]:
    """Adds the ``rank`` of the next :class:`Step`, and whether it is ``mine`` to take."""
    newer = StringTranslation.objects.filter(
        context__object_id=OuterRef("source__translation_key"),
        locale__language_code=OuterRef("locale"),
        updated_at__gt=OuterRef("translation__last_published_at"),
    )
    by_hand = Q(managed=False) & ~Q(status=_STATUS.MISSING)
    outdated = Q(outdated_since__isnull=False)
    # The first that is true; an alias, which shows the source's text, counts as not submitted.
    rank = Case(
        When(~_SOURCE_IS_PUBLIC, then=Value(Step.NONE.rank)),
        When(by_hand & outdated, then=Value(Step.REVISE.rank)),
        When(by_hand & Q(published=False), then=Value(Step.PUBLISH.rank)),
        When(by_hand, then=Value(Step.NONE.rank)),
        When(managed=False, then=Value(Step.SUBMIT.rank)),
        When(outdated, then=Value(Step.SYNC.rank)),
        When(translated__lt=F("segments"), then=Value(Step.TRANSLATE.rank)),
        When(needs_review__gt=0, then=Value(Step.REVIEW.rank)),
        When(published=False, then=Value(Step.PUBLISH.rank)),
        When(translation__last_published_at__lt=F("synced_at"), then=Value(Step.PUBLISH.rank)),
        When(Exists(newer), then=Value(Step.PUBLISH.rank)),
        default=Value(Step.NONE.rank),
        output_field=IntegerField(),
    )
    submitted, translated = _ranks(Step.SYNC, Step.SUBMIT), _ranks(*_BY_TRANSLATORS)
    return rows.annotate(rank=rank).annotate(
        mine=Case(
            When(Q(rank__in=submitted) & reach.submitted(), then=Value(True)),
            When(Q(rank__in=translated) & reach.translated(), then=Value(True)),
            When(Q(rank=Step.PUBLISH.rank) & reach.can_be_published(), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
    )


def _ranks(*steps: Step) -> list[int]:
    return [one.rank for one in steps]


def with_links(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Adds what the addresses of the steps are made of: wagtail-localize's ids of each row."""
    translations = Translation.objects.filter(
        source__object_id=OuterRef("source__translation_key"),
        target_locale__language_code=OuterRef("locale"),
        enabled=True,
    ).order_by("pk")
    annotated: QuerySet[Any] = rows.annotate(
        link_id=Subquery(translations.values("pk")[:1]),
        link_source_id=Subquery(translations.values("source_id")[:1]),
    )
    return annotated
