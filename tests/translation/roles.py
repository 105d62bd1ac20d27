"""Translators, and a portal that they work on."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from wagtail.models import GroupPagePermission, Locale, Page

from cms.translation.roles.models import TranslatorRole

__all__ = ["Person", "editor", "translator"]


@dataclass(frozen=True, slots=True)
class Person:
    """A user, and a browser in which the user is logged in."""

    user: User
    client: Client


def person(name: str, group: Group) -> Person:
    """A user in the group."""
    user = User.objects.create_user(name)
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return Person(user, client)


def translator(
    section: Page, into: str = "en", *, publishes: bool = False, name: str = "dich"
) -> Person:
    """Somebody who translates the section."""
    group = Group.objects.create(name=f"Nhóm {name}")
    locale = Locale.objects.get(language_code=into)
    TranslatorRole.objects.create(
        group=group, section=section, target_locale=locale, may_publish=publishes
    )
    return person(name, group)


def editor(below: Page, *, name: str = "bien-tap", submits: bool = False) -> Person:
    """Somebody who adds, edits and publishes pages there."""
    group = Group.objects.create(name=f"Nhóm {name}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    if submits:
        group.permissions.add(Permission.objects.get(codename="submit_translation"))
    for codename in ("add_page", "change_page", "publish_page"):
        permission = Permission.objects.get(
            content_type__app_label="wagtailcore", codename=codename
        )
        GroupPagePermission.objects.create(group=group, page=below, permission=permission)
    return person(name, group)
