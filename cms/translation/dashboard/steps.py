"""The one next step of each translation, and whether a user may do it: as columns of a query.

The database decides, so that steps can be filtered, counted and sorted by without reading pages.
"""

from __future__ import annotations

from django.db.models import (
    BooleanField,
    Case,
    CharField,
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


_STATUS = TranslationState.Status
_SOURCE_IS_PUBLIC = Q(source__live=True)
# A draft that nobody has submitted needs no translation yet.
_COUNTS = _SOURCE_IS_PUBLIC | Q(managed=True) | Q(published=True)
_BEHIND = Q(translation__last_published_at__lt=F("synced_at")) | Q(has_newer_words=True)


def known_states(reach: Reach) -> QuerySet[TranslationState]:
    """The states that a user's dashboard is about."""
    rows: QuerySet[TranslationState] = TranslationState.objects.filter(_COUNTS, reach.states())
    return rows


def with_steps(rows: QuerySet[TranslationState], reach: Reach) -> QuerySet[TranslationState]:
    """Adds ``step``, its ``rank`` among the steps and whether it is ``mine`` to take."""
    newer = StringTranslation.objects.filter(
        context__object_id=OuterRef("source__translation_key"),
        locale__language_code=OuterRef("locale"),
        updated_at__gt=OuterRef("translation__last_published_at"),
    )
    begun = Q(managed=True)
    by_hand = Q(managed=False) & ~Q(status=_STATUS.MISSING)
    return rows.annotate(
        has_newer_words=Case(
            When(managed=True, published=True, then=Exists(newer)),
            default=Value(False),
            output_field=BooleanField(),
        ),
        step=Case(
            When(~_SOURCE_IS_PUBLIC, then=Value(Step.NONE.value)),
            When(begun & Q(outdated_since__isnull=False), then=Value(Step.SYNC.value)),
            When(by_hand & Q(outdated_since__isnull=False), then=Value(Step.REVISE.value)),
            When(by_hand & Q(published=False), then=Value(Step.PUBLISH.value)),
            When(by_hand, then=Value(Step.NONE.value)),
            When(Q(managed=False), then=Value(Step.SUBMIT.value)),
            When(translated__lt=F("segments"), then=Value(Step.TRANSLATE.value)),
            When(needs_review__gt=0, then=Value(Step.REVIEW.value)),
            When(published=False, then=Value(Step.PUBLISH.value)),
            When(_BEHIND, then=Value(Step.PUBLISH.value)),
            default=Value(Step.NONE.value),
            output_field=CharField(),
        ),
    ).annotate(
        mine=Case(
            When(Q(step__in=[Step.SYNC, Step.SUBMIT]) & reach.submitted(), then=Value(True)),
            When(
                Q(step__in=[Step.TRANSLATE, Step.REVIEW, Step.REVISE]) & reach.translated(),
                then=Value(True),
            ),
            When(Q(step=Step.PUBLISH) & reach.can_be_published(), then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        ),
        rank=Case(
            *(When(step=one.value, then=Value(number)) for number, one in enumerate(Step)),
            output_field=IntegerField(),
        ),
    )


def with_links(rows: QuerySet[TranslationState]) -> QuerySet[TranslationState]:
    """Adds what the addresses of the steps are made of: wagtail-localize's ids of each row."""
    translations = Translation.objects.filter(
        source__object_id=OuterRef("source__translation_key"),
        target_locale__language_code=OuterRef("locale"),
        enabled=True,
    ).order_by("pk")
    return rows.annotate(
        link_id=Subquery(translations.values("pk")[:1]),
        link_source_id=Subquery(translations.values("source_id")[:1]),
    )
