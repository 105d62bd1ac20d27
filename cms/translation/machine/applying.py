"""Has a machine translate what is still empty."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import batched
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue

from cms.translation.access import may_translate
from cms.translation.machine.errors import TranslatorError
from cms.translation.machine.pairs import PairTranslator
from cms.translation.segments import Segment, load_segments, missing, save_wording
from cms.translation.syncing.state import together

__all__ = ["Translated", "machine_translate", "machine_translate_page"]

_BATCH: Final = 100


@dataclass(frozen=True, slots=True)
class Translated:
    """How many segments have a translation now, and for how many none could be used."""

    translated: int = 0
    refused: int = 0


def machine_translate(translations: Collection[Translation], user: Any) -> Translated:
    """Translates every empty segment of these translations, all between the same two locales.

    A text is asked for once, wherever it stands. What came back is saved batch by batch, outside
    of which no transaction waits for the machine; nothing that a person wrote meanwhile is
    overwritten. Raises TranslatorError; what was saved until then stays.
    """
    by_text: dict[str, list[Segment]] = {}
    for segments in load_segments(translations).values():
        for segment in missing(segments):
            by_text.setdefault(segment.source, []).append(segment)
    if not by_text:
        return Translated()
    one = next(iter(translations))
    source, target = one.source.locale, one.target_locale
    translator = PairTranslator()
    translated = refused = 0
    for batch in batched(by_text, _BATCH):
        answers = translator.translate(source, target, [StringValue(text) for text in batch])
        with together():
            done = _done([one for text in batch for one in by_text[text]], target.pk)
            for text in batch:
                answer = answers.get(StringValue(text))
                if answer is None:
                    refused += len(by_text[text])
                    continue
                for segment in by_text[text]:
                    if (segment.string_id, segment.context_id) in done:
                        continue
                    save_wording(
                        segment,
                        target,
                        answer.data,
                        user=user,
                        kind=StringTranslation.TRANSLATION_TYPE_MACHINE,
                        tool=str(translator.display_name),
                    )
                    translated += 1
    return Translated(translated, refused)


@require_POST
def machine_translate_page(request: HttpRequest, translation_id: int) -> HttpResponse:
    """In place of wagtail-localize's view, which has no answer for a machine that fails."""
    translation = get_object_or_404(
        Translation.objects.select_related(
            "source__locale", "source__specific_content_type", "target_locale"
        ),
        pk=translation_id,
    )
    if not may_translate(request.user, translation):
        raise PermissionDenied
    translator = PairTranslator()
    if not translator.can_translate(translation.source.locale, translation.target_locale):
        raise Http404
    try:
        done = machine_translate([translation], request.user)
    except TranslatorError as error:
        messages.error(request, str(error))
    else:
        if done.translated:
            text = gettext("Translated with %(name)s.")
            messages.success(request, text % {"name": translator.display_name})
        if done.refused:
            text = gettext("Some answers could not be used: translate what is still empty.")
            messages.warning(request, text)
        if not done.translated and not done.refused:
            messages.warning(request, gettext("There is nothing left to translate."))
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")


def _done(segments: Collection[Segment], locale_id: int) -> set[tuple[int, int]]:
    """Those that have a translation by now."""
    rows = StringTranslation.objects.filter(
        locale=locale_id, translation_of__in={segment.string_id for segment in segments}
    )
    return {
        (row[0], row[1]) for row in rows.exclude(data="").values_list("translation_of", "context")
    }
