"""Every view of translating, for a translator, another one, editors and strangers.

A translator translates a section and changes nothing of its source, whatever the address.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Locale, Page, PageViewRestriction
from wagtail_localize.models import StringSegment, Translation

from cms.plugins.article.models import ArticlePage
from tests.fixtures.portal import Portal
from tests.translation.languages import begin, submit, translate
from tests.translation.roles import Person, editor, translator

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Scene:
    """An article of the news that is translated into English, and who is about."""

    portal: Portal
    source: ArticlePage
    target: Page
    translation: Translation
    locale: Locale
    people: dict[str, Client]

    @property
    def segment(self) -> StringSegment:
        found: StringSegment = StringSegment.objects.filter(source=self.translation.source)[0]
        return found


@pytest.fixture
def scene(portal: Portal) -> Scene:
    locale, _ = begin(portal, "en", "fr")
    source = portal.article("Bài gốc")
    translation = submit(source, locale)
    translate(translation)
    people: dict[str, Person] = {
        "translator": translator(portal.news, name="a"),
        "publisher": translator(portal.news, publishes=True, name="b"),
        "other section": translator(portal.texts, name="c"),
        "other language": translator(portal.news, "fr", name="d"),
        "source editor": editor(portal.news, submits=True, name="e"),
    }
    clients = {name: person.client for name, person in people.items()} | {"anonymous": Client()}
    target = translation.get_target_instance()
    return Scene(portal, source, target, translation, locale, clients)


def allowed(scene: Scene, url: str, method: str = "get", **data: str) -> set[str]:
    """Who gets in: the others are sent away, or told that there is nothing."""
    answers = {
        name: getattr(client, method)(url, data or None).status_code
        for name, client in scene.people.items()
    }
    assert set(answers.values()) <= {200, 302, 403, 404, 405}, answers
    return {name for name, status in answers.items() if status == 200}


class TestViewsOfTranslating:
    def test_the_side_by_side_editor(self, scene: Scene) -> None:
        url = reverse("wagtailadmin_pages:edit", args=[scene.target.pk])
        assert allowed(scene, url) == {"translator", "publisher"}

    @pytest.mark.parametrize("name", ["preview_translation", "download_pofile"])
    def test_what_shows_a_translation(self, scene: Scene, name: str) -> None:
        url = reverse(f"wagtail_localize:{name}", args=[scene.translation.pk])
        assert allowed(scene, url) == {"translator", "publisher"}

    def test_saving_a_segment(self, scene: Scene) -> None:
        url = reverse(
            "wagtail_localize:edit_string_translation",
            args=[scene.translation.pk, scene.segment.pk],
        )
        for name, client in scene.people.items():
            before = scene.segment.string.translations.get(locale=scene.locale).data
            client.put(url, f"value={name}", content_type="application/x-www-form-urlencoded")
            after = scene.segment.string.translations.get(locale=scene.locale).data
            may = name in {"translator", "publisher"}
            assert after == (name if may else before), name

    @pytest.mark.parametrize("name", ["stop_translation", "machine_translate", "upload_pofile"])
    def test_what_changes_a_translation(self, scene: Scene, name: str) -> None:
        url = reverse(f"wagtail_localize:{name}", args=[scene.translation.pk])
        for who in ("other section", "other language", "source editor", "anonymous"):
            assert scene.people[who].post(url).status_code in {302, 403}
        scene.translation.refresh_from_db()
        assert scene.translation.enabled

    def test_review(self, scene: Scene) -> None:
        url = reverse("translation_reviews:review", args=[scene.translation.pk])
        assert allowed(scene, url) == {"translator", "publisher"}

    def test_memory(self, scene: Scene) -> None:
        url = f"/admin/translation/memory/?segment={scene.segment.pk}&locale=en"
        assert allowed(scene, url) == {"translator", "publisher"}

    def test_tools(self, scene: Scene) -> None:
        url = reverse("translation_tools", args=[scene.source.pk])
        assert allowed(scene, url) == {"translator", "publisher", "source editor"}

    def test_reading_the_source(self, scene: Scene) -> None:
        url = reverse("translation_source", args=[scene.source.pk])
        readers = {"translator", "publisher", "other language", "source editor"}
        assert allowed(scene, url) == readers
        PageViewRestriction.objects.create(page=scene.source, restriction_type="login")
        assert allowed(scene, url) == readers
        page = scene.people["translator"].get(url).content.decode()
        assert "Bài gốc" in page
        assert "Riêng tư" in page

    def test_dashboard(self, scene: Scene) -> None:
        assert allowed(scene, "/admin/translation-dashboard/") == set(scene.people) - {"anonymous"}

    def test_report_shows_what_the_dashboard_shows(self, scene: Scene) -> None:
        url = reverse("wagtail_localize:translations_report")
        for name, client in scene.people.items():
            page = client.get(url).content.decode()
            sees = name in {"translator", "publisher", "source editor"}
            assert ("Bài gốc" in page) is sees, name

    def test_submitting(self, scene: Scene) -> None:
        page = scene.portal.article("Bài mới")
        url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        can = {"translator", "publisher", "other language", "source editor"}
        assert allowed(scene, url) == can
        french = Locale.objects.get(language_code="fr")
        form = {"locales": french.pk}
        for name in ("translator", "other section", "anonymous"):
            scene.people[name].post(url, form)
        assert not Page.objects.filter(translation_key=page.translation_key, locale=french).exists()
        scene.people["other language"].post(url, form)
        assert Page.objects.filter(translation_key=page.translation_key, locale=french).exists()

    def test_a_translator_submits_nothing_into_the_source_s_language(self, scene: Scene) -> None:
        page = ArticlePage(title="Native", locale=scene.locale, live=True)
        section = Page.objects.get(
            translation_key=scene.portal.news.translation_key, locale=scene.locale
        )
        section.add_child(instance=page)
        url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
        assert allowed(scene, url) == set()

    def test_syncing(self, scene: Scene) -> None:
        url = reverse("wagtail_localize:update_translations", args=[scene.translation.source_id])
        can = {"translator", "publisher", "other language", "source editor"}
        assert allowed(scene, url) == can

    def test_syncing_publishes_for_who_may_publish(self, scene: Scene) -> None:
        url = reverse("wagtail_localize:update_translations", args=[scene.translation.source_id])
        offered = {
            name
            for name, client in scene.people.items()
            if b"publish_translations" in client.get(url).content
        }
        assert offered == {"publisher"}

    def test_publishing(
        self, scene: Scene, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        url = reverse("wagtailadmin_pages:edit", args=[scene.target.pk])
        for name in set(scene.people) - {"publisher"}:
            with django_capture_on_commit_callbacks(execute=True):
                scene.people[name].post(url, {"action": "publish"})
            assert not Page.objects.get(pk=scene.target.pk).live, name
        with django_capture_on_commit_callbacks(execute=True):
            scene.people["publisher"].post(url, {"action": "publish"})
        assert Page.objects.get(pk=scene.target.pk).live

    def test_converting_to_an_alias_needs_the_right_to_publish(self, scene: Scene) -> None:
        url = reverse("wagtail_localize:convert_to_alias", args=[scene.target.pk])
        assert allowed(scene, url) == {"publisher"}

    def test_submitting_a_shared_record(self, scene: Scene) -> None:
        url = "/admin/localize/submit/snippet/wagtailcore/page/1/"
        assert allowed(scene, url) == set()


ADDRESSES = (
    "wagtailadmin_pages:edit", "wagtailadmin_pages:delete", "wagtailadmin_pages:unpublish",
    "wagtailadmin_pages:move", "wagtailadmin_pages:copy", "wagtailadmin_pages:set_privacy",
    "wagtailadmin_pages:lock", "wagtailadmin_pages:unlock", "wagtailadmin_pages:convert_alias",
    "wagtailadmin_pages:add_subpage", "wagtailadmin_pages:view_draft",
    "wagtailadmin_pages:preview_on_edit", "wagtail_localize:convert_to_alias",
)  # fmt: skip


class TestSourceCannotBeChanged:
    """By any of Wagtail's addresses, read and sent."""

    @pytest.mark.parametrize("name", ADDRESSES)
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_by_its_own_views(self, scene: Scene, name: str, method: str) -> None:
        self.try_all(scene, reverse(name, args=[scene.source.pk]), method)

    @pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
    def test_in_bulk(self, scene: Scene, action: str) -> None:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        before = self.fingerprint(scene)
        for who in ("translator", "publisher"):
            data = {"chooser": str(scene.portal.texts.pk)}
            scene.people[who].post(f"{url}?id={scene.source.pk}", data)
        assert self.fingerprint(scene) == before

    def test_by_moving_it_or_something_to_it(self, scene: Scene) -> None:
        before = self.fingerprint(scene)
        section = scene.portal.news.pk
        for who in ("translator", "publisher"):
            client = scene.people[who]
            for page in (scene.source.pk, scene.target.pk):
                client.post(reverse("wagtailadmin_pages:move_confirm", args=[page, section]))
            client.post(reverse("wagtailadmin_pages:set_page_position", args=[scene.source.pk]))
            form = {"new_title": "x", "new_slug": "x", "new_parent_page": str(section)}
            client.post(reverse("wagtailadmin_pages:copy", args=[scene.target.pk]), form)
        assert self.fingerprint(scene) == before

    def test_by_making_pages_images_or_records(self, scene: Scene) -> None:
        section = scene.portal.news.pk
        urls = [
            reverse("wagtailadmin_pages:add", args=["article", "articlepage", section]),
            reverse("wagtailimages_chooser:create"),
            reverse("wagtaildocs_chooser:create"),
            reverse("wagtailimages:add"),
            reverse("wagtaildocs:add"),
        ]
        for who in ("translator", "publisher"):
            for url in urls:
                assert scene.people[who].post(url, {"title": "x"}).status_code in {302, 403}, url

    def try_all(self, scene: Scene, url: str, method: str) -> None:
        before = self.fingerprint(scene)
        for who in ("translator", "publisher", "other section"):
            status = getattr(scene.people[who], method)(url, {"title": "Sửa trộm"}).status_code
            assert status in {302, 403, 404, 405}, (who, status)
        assert self.fingerprint(scene) == before

    def fingerprint(self, scene: Scene) -> list[object]:
        """All that could change of the source tree."""
        rows = Page.objects.filter(path__startswith=scene.portal.home.path).order_by("path")
        return [
            *rows.values_list("pk", "path", "title", "live", "locked", "latest_revision_id"),
            PageViewRestriction.objects.count(),
        ]


class TestTranslationsAreNotDeleted:
    def test_alone(self, scene: Scene) -> None:
        url = reverse("wagtailadmin_pages:delete", args=[scene.target.pk])
        for who in ("translator", "publisher"):
            scene.people[who].post(url)
        assert Page.objects.filter(pk=scene.target.pk).exists()

    def test_in_bulk(self, scene: Scene) -> None:
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
        for who in ("translator", "publisher"):
            scene.people[who].post(f"{url}?id={scene.target.pk}")
        assert Page.objects.filter(pk=scene.target.pk).exists()

    def test_who_is_an_editor_there_as_well_may(self, scene: Scene, portal: Portal) -> None:
        person = translator(portal.news, name="f")
        person.user.groups.add(editor(Page.objects.get(depth=1), name="g").user.groups.get())
        url = reverse("wagtailadmin_pages:delete", args=[scene.target.pk])
        assert person.client.post(url).status_code == 302
        assert not Page.objects.filter(pk=scene.target.pk).exists()
