"""Keeps the rights of translators' groups in step with their roles.

Wagtail's own page permissions carry a role: they are rows that follow a page when it moves, go with
it, and can be read in the group's form. It asks what the roles and pages are now and writes the
difference, so it may be called once too often.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import GroupPagePermission, Page

if TYPE_CHECKING:
    from cms.translation.roles.models import TranslatorRole

__all__ = ["bring_in_step", "groups_of"]

# Who has no ``add`` can bring nothing to a place: neither a new page nor a moved or copied one.
_CHANGE: Final = "change_page"
_PUBLISH: Final = "publish_page"
_MODEL_PERMISSIONS: Final = (
    ("wagtailadmin", "access_admin"),
    ("wagtail_localize", "submit_translation"),
)


@transaction.atomic
def bring_in_step(group_ids: Collection[int]) -> None:
    """Gives the groups the rights of their roles, and takes away all other rights to pages.

    A role of a section that has no translation yet gives none: they come with the translation.
    Groups without a role have lost their last one; they keep the right to enter the admin.
    """
    # Locked: of two who come at once, the second sees what the first has written.
    list(Group.objects.select_for_update().filter(pk__in=group_ids).order_by("pk"))
    roles = list(_roles().filter(group_id__in=group_ids).select_related("section"))
    wanted = _wanted(roles)
    permissions = {
        one.codename: one.pk
        for one in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=[_CHANGE, _PUBLISH]
        )
    }
    rows = {
        (row.group_id, row.page_id, row.permission_id): row.pk
        for row in GroupPagePermission.objects.filter(group_id__in=group_ids)
    }
    new = {(group, page, permissions[codename]) for group, page, codename in wanted}
    GroupPagePermission.objects.filter(
        pk__in=[pk for place, pk in rows.items() if place not in new]
    ).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group_id=group, page_id=page, permission_id=permission)
        for group, page, permission in sorted(new - rows.keys())
    )
    _set_model_permissions(group_ids, {role.group_id for role in roles})


def groups_of(page: Page) -> set[int]:
    """The groups whose rights a page may decide on: one query.

    Those with a role for a page that it is a translation of, and those with a right to it, which
    may be one no more.
    """
    ours = Q(section__translation_key=page.translation_key)
    theirs = Q(group__in=GroupPagePermission.objects.filter(page=page.pk).values("group"))
    return set(_roles().filter(ours | theirs).values_list("group_id", flat=True))


def _roles() -> QuerySet[TranslatorRole]:
    # By name: the model calls this module.
    rows: QuerySet[TranslatorRole] = apps.get_model("translation", "TranslatorRole").objects.all()
    return rows


def _wanted(roles: Collection[TranslatorRole]) -> set[tuple[int, int, str]]:
    """``(group, page, codename)`` of all rights that the roles give. One query."""
    places = Q(pk__in=[])
    for role in roles:
        places |= Q(translation_key=role.section.translation_key, locale_id=role.target_locale_id)
    pages = {
        (page.translation_key, page.locale_id): page.pk for page in Page.objects.filter(places)
    }
    wanted = set()
    for role in roles:
        page_id = pages.get((role.section.translation_key, role.target_locale_id))
        if page_id is None:
            continue
        wanted.add((role.group_id, page_id, _CHANGE))
        if role.may_publish:
            wanted.add((role.group_id, page_id, _PUBLISH))
    return wanted


def _set_model_permissions(group_ids: Collection[int], with_roles: Collection[int]) -> None:
    found = {
        (one.content_type.app_label, one.codename): one
        for one in Permission.objects.filter(
            content_type__app_label__in=[app for app, _ in _MODEL_PERMISSIONS],
            codename__in=[codename for _, codename in _MODEL_PERMISSIONS],
        ).select_related("content_type")
    }
    for group in Group.objects.filter(pk__in=group_ids):
        if group.pk in with_roles:
            group.permissions.add(*found.values())
        else:
            group.permissions.remove(found["wagtail_localize", "submit_translation"])
