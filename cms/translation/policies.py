"""What an untranslated page is in another language: the rules in the admin, and the aliases.

``cms.pages.section_policies`` reads the rules for delivery. An alias is Wagtail's own, as
wagtail-localize makes them when it mirrors a tree; a translation that is begun takes its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.text import capfirst
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.models import Locale, Page
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_localize.models import Translation

from cms.changes.duties import Duty
from cms.pages.models import SectionPolicy
from cms.pages.section_policies import ALIASED, load_policies
from cms.pages.visibility import visible_documents

__all__ = ["MakeAliases", "SectionPolicyViewSet", "on_alias_replaced"]


class MakeAliases(Duty):
    """Makes the aliases that are missing: of new pages, and where a rule asks for them from now on.

    Until then the source stands in, so no reader finds a gap.
    """

    name = "make_aliases"

    def due(self) -> Iterable[str]:
        codes = SectionPolicy.objects.filter(policy__in=ALIASED).values_list("locale", flat=True)
        for locale in Locale.objects.filter(language_code__in=set(codes)).order_by("pk"):
            # Parents before their children, whose aliases would else bring them along.
            pages = _without_alias(locale).order_by("path").values_list("pk", flat=True)
            yield from [f"alias:{locale.pk}:{pk}" for pk in pages]

    @transaction.atomic
    def run(self, key: str) -> bool:
        _name, locale_id, page_id = key.split(":")
        locale = Locale.objects.get(pk=locale_id)
        # Locked, so that two workers don't make one each.
        locked = Page.objects.select_for_update(of=("self",)).filter(pk=page_id)
        if not locked.exists() or not _without_alias(locale).filter(pk=page_id).exists():
            return False
        page = Page.objects.get(pk=page_id).specific
        page.copy_for_translation(locale, copy_parents=True, alias=True)
        return True


def _without_alias(locale: Locale) -> QuerySet[Any]:
    """The public pages that are to have an alias in the locale, and have no page there."""
    condition = load_policies(locale.language_code).condition("path", ALIASED)
    pages: QuerySet[Any] = Page.objects.all()
    if condition is None:
        return pages.none()
    there = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=locale)
    public = visible_documents().filter(locale=settings.LANGUAGE_CODE).values("pk")
    return pages.filter(condition, ~Exists(there), pk__in=public)


def on_alias_replaced(instance: Page, update_fields: frozenset[str] | None, **kwargs: Any) -> None:
    """A translation is begun where an alias stands: wagtail-localize makes that an ordinary page.

    Where a rule hid the alias, that would be public at once, in the source's words: so it is a
    draft until it is published. Elsewhere readers keep what they have until then.
    """
    if (
        kwargs.get("raw")
        or update_fields != frozenset({"alias_of_id"})
        or instance.alias_of_id is not None
    ):
        return
    begun = Translation.objects.filter(
        source__object_id=instance.translation_key, target_locale_id=instance.locale_id
    ).select_related("source__locale")
    source = Page.objects.filter(
        translation_key=instance.translation_key, locale__in=begun.values("source__locale")
    ).first()
    if source is not None:
        policies = load_policies(instance.locale.language_code)
        instance.live = instance.live and policies.shows_alias(source.path)


def _languages() -> list[tuple[str, str]]:
    """The languages that a rule can be for."""
    names = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    return [(code, str(name)) for code, name in names.items() if code != settings.LANGUAGE_CODE]


class SectionPolicyForm(WagtailAdminModelForm):
    """A rule; the language is chosen from those that there are."""

    locale = forms.ChoiceField(
        choices=_languages, label=capfirst(SectionPolicy._meta.get_field("locale").verbose_name)
    )


class SectionPolicyViewSet(SnippetViewSet):
    """The rules for untranslated pages."""

    model = SectionPolicy
    icon = "wagtail-localize-language"
    list_display = ("page", "locale", "get_policy_display")
    list_filter = ("locale", "policy")
    add_to_settings_menu = True
    menu_order = 620
    edit_handler = ObjectList(
        [FieldPanel("page"), FieldPanel("locale"), FieldPanel("policy")],
        base_form_class=SectionPolicyForm,
    )
