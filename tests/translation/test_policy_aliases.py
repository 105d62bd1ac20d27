"""What an untranslated page is where the section's rule says: an alias."""

from __future__ import annotations

from wagtail.models import Locale, Page

from cms.changes.models import Change
from cms.pages.verification import verify_documents
from cms.plugins.article.models import ArticlePage
from tests.delivery.conftest import Api
from tests.factories import make_private
from tests.fixtures.portal import Portal
from tests.translation.languages import ENGLISH, Policy, aliases, rule, submit


def test_aliases_are_made_and_follow_their_source(
    api: Api, portal: Portal, untranslated: ArticlePage
) -> None:
    rule(portal.news, Policy.ALIAS)
    assert api.json(f"pages/{untranslated.pk}", locale="en")["untranslated"]  # until it is made
    assert aliases() == 1
    assert aliases() == 0
    alias = Page.objects.get(alias_of=untranslated)
    served = api.json(f"pages/{untranslated.pk}", locale="en")
    assert (served["id"], served["path"]) == (alias.pk, "/en/tin-tuc/rieng/")
    assert (served["translation"]["status"], served["title"]) == ("missing", "Riêng")
    described = api.json(f"pages/{alias.pk}", include="json_ld")["json_ld"]
    assert '"inLanguage":"vi"' in described
    assert api.titles(**ENGLISH) == ["Riêng", "Translated"]
    sitemap = api.get("/api/v1/sitemap.xml").content.decode()
    assert "/tin-tuc/rieng/" in sitemap
    assert "/en/tin-tuc/rieng/" not in sitemap
    make_private(untranslated)
    assert api.get(f"pages/{alias.pk}").status_code == 404
    assert not list(verify_documents())


def test_rule_that_is_changed_hides_aliases_and_shows_them_again(
    api: Api, portal: Portal, untranslated: ArticlePage
) -> None:
    made = rule(portal.news, Policy.ALIAS)
    aliases()
    alias = Page.objects.get(alias_of=untranslated)
    made.policy = Policy.NOTICE
    made.save()
    assert api.get(f"pages/{alias.pk}").status_code == 404
    assert api.json(f"pages/{untranslated.pk}", locale="en")["id"] == untranslated.pk
    assert Change.objects.filter(object_id=alias.pk).latest("pk").withdrawn
    made.policy = Policy.ALIAS
    made.save()
    assert api.json(f"pages/{untranslated.pk}", locale="en")["id"] == alias.pk
    made.policy = Policy.ABSENT
    made.save()
    assert api.titles(**ENGLISH) == ["Translated"]
    assert not list(verify_documents())


def test_translation_takes_the_place_of_the_alias(
    api: Api, portal: Portal, untranslated: ArticlePage
) -> None:
    made = rule(portal.news, Policy.ALIAS)
    aliases()
    alias = Page.objects.get(alias_of=untranslated)
    translation = submit(untranslated, Locale.objects.get(language_code="en"))
    assert translation.get_target_instance().pk == alias.pk
    served = api.json(f"pages/{untranslated.pk}", locale="en")  # readers keep it until then
    assert (served["id"], served["title"]) == (alias.pk, "Riêng")
    made.delete()
    assert not list(verify_documents())


def test_hidden_alias_is_a_draft_once_its_translation_is_begun(
    api: Api, portal: Portal, untranslated: ArticlePage
) -> None:
    made = rule(portal.news, Policy.ALIAS)
    aliases()
    made.policy = Policy.ABSENT
    made.save()
    translation = submit(untranslated, Locale.objects.get(language_code="en"))
    page = translation.get_target_instance()
    assert not page.live
    assert api.titles(**ENGLISH) == ["Translated"]
    page.get_latest_revision().publish()
    assert api.titles(**ENGLISH) == ["Riêng", "Translated"]
