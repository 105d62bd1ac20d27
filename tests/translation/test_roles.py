"""Translators' roles: the rights that they give to a group, and keep in step."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page

from cms.plugins.section.models import SectionPage
from cms.translation.roles.models import TranslatorRole
from tests.fixtures.portal import Portal, publish
from tests.translation.languages import begin
from tests.translation.roles import editor, translator


def rights(group: Group) -> set[tuple[str, str]]:
    """``(title of the page, codename)`` of the group's rights."""
    rows = GroupPagePermission.objects.filter(group=group)
    return set(rows.values_list("page__slug", "permission__codename"))


def role_of(section: Page, *, publishes: bool = False) -> TranslatorRole:
    translator(section, publishes=publishes)
    return TranslatorRole.objects.get()


def english(page: Page) -> Page:
    return Page.objects.get(translation_key=page.translation_key, locale__language_code="en")


def test_a_role_gives_rights_to_the_translated_section_alone(portal: Portal) -> None:
    begin(portal, "en")
    role = role_of(portal.news)
    assert rights(role.group) == {(english(portal.news).slug, "change_page")}
    role.may_publish = True
    role.save()
    assert {codename for _, codename in rights(role.group)} == {"change_page", "publish_page"}
    names = set(role.group.permissions.values_list("codename", flat=True))
    assert names == {"access_admin", "submit_translation"}


def test_rights_come_with_a_translation_that_appears_later(portal: Portal) -> None:
    Locale.objects.get_or_create(language_code="en")
    role = role_of(portal.news)
    assert rights(role.group) == set()
    begin(portal, "en")
    assert rights(role.group) == {(english(portal.news).slug, "change_page")}


def test_rights_follow_a_section_that_moves(portal: Portal) -> None:
    begin(portal, "en")
    person = translator(portal.news)
    english(portal.news).move(english(portal.texts), pos="last-child")
    moved = english(portal.news)
    assert moved.permissions_for_user(person.user).can_edit()
    assert not english(portal.texts).permissions_for_user(person.user).can_edit()


def test_rights_go_with_the_link_to_the_source(portal: Portal) -> None:
    begin(portal, "en")
    role = role_of(portal.news)
    page = english(portal.news).specific
    page.translation_key = uuid4()
    page.save()
    assert rights(role.group) == set()


def test_rights_go_with_the_role(portal: Portal) -> None:
    begin(portal, "en")
    role = role_of(portal.news)
    group = role.group
    role.delete()
    assert rights(group) == set()
    assert not group.permissions.filter(codename="submit_translation").exists()


def test_rights_go_with_the_source_section(portal: Portal) -> None:
    begin(portal, "en")
    role = role_of(portal.news)
    portal.news.delete()
    assert not TranslatorRole.objects.exists()
    assert rights(role.group) == set()


def test_a_group_has_the_rights_of_all_its_roles(portal: Portal) -> None:
    begin(portal, "en")
    role = role_of(portal.news)
    other = TranslatorRole.objects.create(
        group=role.group, section=portal.texts, target_locale=role.target_locale
    )
    assert len(rights(role.group)) == 2
    other.group = Group.objects.create(name="Khác")
    other.save()
    assert len(rights(role.group)) == len(rights(other.group)) == 1


class TestWhatIsRefused:
    def check(self, group: Group, section: Page, locale: str) -> set[str]:
        role = TranslatorRole(
            group=group, section=section, target_locale=Locale.objects.get(language_code=locale)
        )
        with pytest.raises(ValidationError) as caught:
            role.full_clean()
        return set(caught.value.message_dict)

    def test_the_section_s_own_language(self, portal: Portal) -> None:
        group = Group.objects.create(name="Dịch")
        assert self.check(group, portal.news, "vi") == {"target_locale"}

    def test_the_root(self, portal: Portal) -> None:
        group = Group.objects.create(name="Dịch")
        assert self.check(group, Page.objects.get(depth=1), "en") == {"section"}

    def test_a_group_of_editors(self, portal: Portal) -> None:
        group = editor(portal.news).user.groups.get()
        assert self.check(group, portal.news, "en") == {"group"}


class TestInTheAdmin:
    def test_an_administrator_makes_one_with_a_group_of_its_own(
        self, portal: Portal, admin_client: Client
    ) -> None:
        begin(portal, "en")
        locale = Locale.objects.get(language_code="en")
        form = {"section": portal.news.pk, "target_locale": locale.pk, "group": ""}
        answer = admin_client.post(reverse("translator_roles:add"), form)
        assert answer.status_code == 302, answer.context["form"].errors
        role = TranslatorRole.objects.get()
        assert role.group.name == "Tin tức (vi → en)"
        assert rights(role.group) == {(english(portal.news).slug, "change_page")}
        page = admin_client.get(reverse("translator_roles:index")).content.decode()
        assert "Tin tức (vi → en)" in page
        assert "Tiếng Việt → Tiếng Anh" in page

    def test_a_mistake_is_named(self, portal: Portal, admin_client: Client) -> None:
        locale = Locale.objects.get(language_code="vi")
        form = {"section": portal.news.pk, "target_locale": locale.pk, "group": ""}
        answer = admin_client.post(reverse("translator_roles:add"), form)
        assert "Chuyên mục đã ở ngôn ngữ này rồi." in answer.content.decode()

    @pytest.mark.parametrize("name", ["index", "add"])
    def test_nobody_else_does(self, portal: Portal, name: str) -> None:
        begin(portal, "en")
        for person in (translator(portal.news), editor(portal.home)):
            assert person.client.get(reverse(f"translator_roles:{name}")).status_code == 302


def test_a_section_below_a_section_can_be_given(portal: Portal) -> None:
    begin(portal, "en")
    part = publish(portal.news, SectionPage(title="Tin địa phương"))
    person = translator(part)
    assert not english(portal.news).permissions_for_user(person.user).can_edit()
