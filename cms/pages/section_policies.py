"""Reads and applies what an untranslated page is in another language, by section (ADR 43)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Q
from wagtail.models import Page

from cms.changes.feed import append
from cms.changes.models import Change, Reason
from cms.pages.models import SectionPolicy

__all__ = [
    "ALIASED",
    "NO_POLICIES",
    "POLICY_TAG",
    "STANDING_IN",
    "Policies",
    "apply_policy",
    "load_policies",
]

POLICY_TAG = "section_policy"
"""What an answer depends on that would be another under another rule."""

ALIASED = frozenset({SectionPolicy.Policy.ALIAS.value})
STANDING_IN = frozenset({SectionPolicy.Policy.NOTICE.value, *ALIASED})
"""The rules under which a source is served in place of a translation.

An alias stands in as well for as long as it is not made, or has given way to a draft.
"""


@dataclass(frozen=True, slots=True)
class Policies:
    """The rules for one language: ``(tree path of the section, policy)``, by tree path."""

    rules: tuple[tuple[str, str], ...] = ()

    @property
    def are_any(self) -> bool:
        """Whether there is any rule."""
        return bool(self.rules)

    def only(self, wanted: Collection[str]) -> Policies:
        """The rules, or none where no section has one of the wanted policies."""
        return self if any(policy in wanted for _path, policy in self.rules) else NO_POLICIES

    def of(self, tree: str) -> str | None:
        """The policy of the page with this tree path: that of the nearest rule above it."""
        above = [policy for path, policy in self.rules if tree.startswith(path)]
        return above[-1] if above else None

    def shows_alias(self, tree: str) -> bool:
        """Whether an alias of the page is public: as a rule has it, or as somebody made it."""
        policy = self.of(tree)
        return policy is None or policy in ALIASED

    def condition(self, tree: str, wanted: Collection[str]) -> Q | None:
        """The rows under one of the wanted policies; ``tree`` names the column of the tree path.

        None where no section has one of them.
        """
        found: Q | None = None
        for path, policy in self.rules:
            if policy not in wanted:
                continue
            place = Q(**{f"{tree}__startswith": path})
            for below, _policy in self.rules:
                if below != path and below.startswith(path):
                    place &= ~Q(**{f"{tree}__startswith": below})
            found = place if found is None else found | place
        return found


NO_POLICIES = Policies()


def load_policies(locale: str) -> Policies:
    """The rules for readers of a locale: one query; none for the portal's own language."""
    if locale == settings.LANGUAGE_CODE:
        return NO_POLICIES
    rows = SectionPolicy.objects.filter(locale=locale).order_by("page__path")
    return Policies(tuple(rows.values_list("page__path", "policy")))


def apply_policy(policy: SectionPolicy) -> None:
    """Shows or hides what a rule that was made, changed or taken away decides about.

    Needs the transaction of that change. Aliases come and go with an entry of the feed each; that
    another page may stand in for a translation is told in one entry, which names no page.
    """
    from cms.pages.copies import sync_pages  # which asks for the rules itself

    aliases = Page.objects.filter(alias_of__translation_key=F("translation_key"))
    sync_pages(list(aliases.values_list("pk", flat=True)))
    append(
        [
            Change(
                reason=Reason.UPDATE,
                type=POLICY_TAG,
                object_id=policy.pk,
                locale=policy.locale,
                tags=[POLICY_TAG],
            )
        ]
    )
