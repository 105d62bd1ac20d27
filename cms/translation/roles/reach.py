"""What of all translations a user sees, and what of it the user may do: three queries, then none.

Two things give rights. A role: its translators read the section, submit and sync it. And Wagtail's
page permissions: whoever may edit a source submits and syncs it, whoever may edit a translated page
translates it (a role gives its group just those rights to the translated section).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.models import Permission
from django.db.models import Q
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry

from cms.translation.roles.models import TranslatorRole

__all__ = ["Reach", "reach_of"]

NOTHING: Final = Q(pk__in=[])
_KEPT: Final = "_translation_reach"
_EDITORS: Final = frozenset({"add_page", "change_page", "publish_page"})


@dataclass(frozen=True, slots=True)
class Reach:
    """The places that a user's rights begin at, as paths in the page tree."""

    everything: bool = False
    """A superuser."""
    sections: tuple[tuple[str, str], ...] = ()
    """``(path of a section, locale that is translated into)`` of the user's roles."""
    seen: tuple[str, ...] = ()
    """Below these the user edits or publishes pages, sources or translations."""
    submits: tuple[str, ...] = ()
    """Below these the user edits pages as an editor, not for a role, and may submit them."""
    changed: tuple[str, ...] = ()
    published: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.everything or bool(self.sections or self.seen)

    # Of states of translations: conditions for TranslationState.

    def states(self) -> Q:
        """Those that the user may know of."""
        if self.everything:
            return Q()
        return (
            self._in_sections("source__path", "locale")
            | _below("source__path", self.seen)
            | _below("translation__path", self.seen)
        )

    def submitted(self) -> Q:
        """Those whose source the user may submit and sync."""
        if self.everything:
            return Q()
        own = _below("source__path", self.submits)
        return own | self._in_sections("source__path", "locale")

    def translated(self) -> Q:
        """Those whose translated page the user may edit."""
        return Q() if self.everything else _below("translation__path", self.changed)

    def can_be_published(self) -> Q:
        """Those whose translated page the user may publish."""
        return Q() if self.everything else _below("translation__path", self.published)

    # Of single pages.

    def reads(self, page: Page) -> bool:
        """Whether a role or a right to pages lets the user read this page in the admin."""
        places = (*(path for path, _ in self.sections), *self.seen)
        return self.everything or page.path.startswith(places)

    def submits_page(self, page: Page, locale: Locale) -> bool:
        """Whether the user may submit this page for translation into the locale."""
        if self.everything or page.path.startswith(self.submits):
            return True
        code = locale.language_code
        return any(code == into and page.path.startswith(path) for path, into in self.sections)

    def _in_sections(self, path: str, locale: str) -> Q:
        found = NOTHING
        for section, code in self.sections:
            found |= Q(**{f"{path}__startswith": section, locale: code})
        return found


def reach_of(user: Any) -> Reach:
    """What the user sees and may do; kept with the user, as Wagtail keeps rights."""
    reach: Reach | None = getattr(user, _KEPT, None)
    if reach is None:
        reach = _load(user)
        setattr(user, _KEPT, reach)
    return reach


def _load(user: Any) -> Reach:
    if not user.is_active or user.is_anonymous:
        return Reach()
    if user.is_superuser:
        return Reach(everything=True)
    roles = TranslatorRole.objects.filter(group__user=user).values_list(
        "group_id", "section__path", "target_locale__language_code"
    )
    with_roles = {group for group, _, _ in roles}
    rights: defaultdict[str, set[str]] = defaultdict(set)
    for row in policy_registry.get_by_type(Page).get_cached_permissions_for_user(user):
        codename, path = row.permission.codename, row.page.path
        rights[codename].add(path)
        if codename in _EDITORS:
            rights["seen"].add(path)
        if codename == "change_page" and row.group_id not in with_roles:
            rights["submits"].add(path)
    return Reach(
        sections=tuple(sorted({(path, locale) for _, path, locale in roles})),
        seen=tuple(sorted(rights["seen"])),
        submits=tuple(sorted(rights["submits"])) if _may_submit(user) else (),
        changed=tuple(sorted(rights["change_page"])),
        published=tuple(sorted(rights["publish_page"])),
    )


def _may_submit(user: Any) -> bool:
    """Whether the user alone, or a group that is not for translators, has the right to submit."""
    given = Q(user=user) | Q(group__in=user.groups.filter(translator_roles=None))
    right = Permission.objects.filter(
        given, content_type__app_label="wagtail_localize", codename="submit_translation"
    )
    return right.exists()


def _below(path: str, places: Iterable[str]) -> Q:
    found = NOTHING
    for place in places:
        found |= Q(**{f"{path}__startswith": place})
    return found
