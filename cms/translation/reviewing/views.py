"""Review of carried translations: a plain form, so that it works by keyboard from end to end."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import user_can_edit_instance

from cms.translation.reviewing.items import Item, load_items, settle
from cms.translation.screens import TranslationScreen
from cms.translation.syncing.models import MergeLeftover
from cms.translation.syncing.state import together

__all__ = ["ReviewViewSet", "tell_of_reviews"]


class ReviewView(TranslationScreen, TemplateView):
    """The segments of one translation that need a look, with what has no place any more."""

    template_name = "translation/review.html"
    page_title = _("Review translations")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        translations = Translation.objects.select_related("source__locale", "target_locale")
        self.translation = get_object_or_404(translations, pk=kwargs["pk"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_can_edit_instance(request.user, self.target):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def target(self) -> Any:
        """The translated page."""
        return get_object_or_404(
            Page,
            translation_key=self.translation.source.object_id,
            locale=self.translation.target_locale,
        ).specific

    @cached_property
    def items(self) -> list[Item]:
        """What is to be reviewed."""
        return load_items(self.translation)

    def get_page_subtitle(self) -> str:
        return str(self.target.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            items=self.items,
            leftovers=list(self.translation.leftovers.all()),
            editor_url=reverse("wagtailadmin_pages:edit", args=[self.target.pk]),
            source_locale=self.translation.source.locale,
            target_locale=self.translation.target_locale,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keeps each text that was changed or ticked as right; the rest stays to be reviewed."""
        settled, left = 0, []
        with together():
            for item in self.items:
                text = request.POST.get(f"text-{item.key}", item.text)
                wanted = f"right-{item.key}" in request.POST or text.strip() != item.text.strip()
                if wanted and settle(item, text, request.user):
                    settled += 1
                else:
                    left.append(item)
            MergeLeftover.objects.filter(
                translation=self.translation, pk__in=_numbers(request.POST.getlist("seen"))
            ).delete()
        if settled:
            messages.success(
                request,
                ngettext(
                    "%(count)s segment was reviewed.", "%(count)s segments were reviewed.", settled
                )
                % {"count": settled},
            )
        self.items = left
        if any(item.error for item in left):
            messages.error(request, gettext("Some texts could not be kept: see below."))
            return self.render_to_response(self.get_context_data())
        if left or self.translation.leftovers.exists():
            return redirect("translation_reviews:review", self.translation.pk)
        return redirect("wagtailadmin_pages:edit", self.target.pk)


def _numbers(values: list[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdecimal()]


class ReviewViewSet(ViewSet):
    """Where the review page is found."""

    name = "translation_reviews"
    url_prefix = "translation-reviews"

    def get_urlpatterns(self) -> list[Any]:
        return [path("<int:pk>/", ReviewView.as_view(), name="review")]


def tell_of_reviews(request: HttpRequest, page: Page) -> None:
    """Hook `before_edit_page`: says at the top of the side-by-side editor what needs a look."""
    if request.method != "GET":
        return
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
    ).first()
    if translation is None:
        return
    count = len(load_items(translation)) + translation.leftovers.count()
    if count:
        text = ngettext(
            "%(count)s segment needs a review, because its source text has changed.",
            "%(count)s segments need a review, because their source texts have changed.",
            count,
        )
        url = reverse("translation_reviews:review", args=[translation.pk])
        messages.warning(
            request, text % {"count": count}, buttons=[messages.button(url, gettext("Review"))]
        )
