"""The segments of a translation that somebody has to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

from cms.translation.labels import label_of
from cms.translation.reviewing.differences import Piece, compare_words
from cms.translation.syncing.models import SegmentReview

__all__ = ["Item", "load_items", "settle"]


@dataclass(slots=True)
class Item:
    """One segment: its source text now and before, and the translation that was carried over."""

    review: SegmentReview
    label: str
    source: str
    text: str
    difference: list[Piece]
    error: str = ""

    @property
    def key(self) -> str:
        """Names the segment in the form."""
        return str(self.review.pk)


def load_items(translation: Translation) -> list[Item]:
    """The segments to be reviewed, in the order of the page: two queries."""
    order = dict(
        StringSegment.objects.filter(
            source=translation.source,
            string__translations__context_id=F("context_id"),
            string__translations__locale_id=translation.target_locale_id,
            string__translations__review__isnull=False,
        )
        .order_by("-order")
        .values_list("string__translations__pk", "order")
    )
    reviews = SegmentReview.objects.filter(pk__in=list(order)).select_related(
        "translation__translation_of", "translation__context"
    )
    return [_item(translation, one) for one in sorted(reviews, key=lambda one: order[one.pk])]


def _item(translation: Translation, review: SegmentReview) -> Item:
    carried = review.translation
    source = carried.translation_of.data
    return Item(
        review=review,
        label=label_of(
            translation.source.specific_content_type.model_class(), carried.context.field_path
        ),
        source=source,
        text=carried.data,
        difference=compare_words(review.previous, source) if review.previous else [],
    )


def settle(item: Item, text: str, user: Any) -> bool:
    """Keeps the text as the segment's translation and settles the review.

    False, with the reason in ``item.error``, where the text has markup that its source has not.
    """
    text = text.strip()
    item.text = text
    carried: StringTranslation = item.review.translation
    try:
        if not text:
            raise ValueError(gettext("The translation is empty."))
        StringValue.from_translated_html(text)
        validate_translation_links(item.source, text)
    except ValueError as error:
        item.error = str(error)
        return False
    if text != carried.data:
        carried.data = text
        carried.translation_type = StringTranslation.TRANSLATION_TYPE_MANUAL
        carried.tool_name = ""
    carried.last_translated_by = user
    carried.has_error = False
    carried.field_error = ""
    carried.save()
    return True
