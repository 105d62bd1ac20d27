"""Pages that are translations of each other, as the database has them now: which stands where."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.plugins.registry import registry

__all__ = ["Group", "Link", "Member", "load_groups"]


@dataclass(frozen=True, slots=True)
class Member:
    """One page of a group."""

    id: int
    key: UUID
    locale: str
    live: bool
    live_revision: int | None
    last_published_at: datetime | None
    is_alias: bool


@dataclass(frozen=True, slots=True)
class Link:
    """What wagtail-localize knows of a translation that is kept in step with its source."""

    source_id: int
    """Of wagtail-localize's ``TranslationSource``."""
    source_locale: str
    synced_at: datetime
    revision: int | None
    """The live revision that its segments were taken from, as the source's frozen copy names it."""


@dataclass(slots=True)
class Group:
    """The pages with one translation key; ``links`` by the locale that is translated into."""

    key: UUID
    members: dict[str, Member] = field(default_factory=dict)
    links: dict[str, Link] = field(default_factory=dict)

    @property
    def origin(self) -> Member:
        """The page that all others come from in the end.

        One that no link leads to; of several the one in the portal's own language, else the
        oldest.
        """

        def rank(member: Member) -> tuple[bool, bool, bool, int]:
            linked = member.locale in self.links and self.link(member.locale) is not None
            return (
                linked, member.is_alias, member.locale != settings.LANGUAGE_CODE, member.id,
            )  # fmt: skip

        return min(self.members.values(), key=rank)

    def link(self, locale: str) -> Link | None:
        """The link into the locale, as long as the page that it begins at exists."""
        link = self.links.get(locale)
        return link if link is not None and link.source_locale in self.members else None

    def pairs(self, locales: Collection[str]) -> Iterator[tuple[Member, str]]:
        """``(source page, locale)`` for each locale that the group can be translated into."""
        origin = self.origin
        for locale in locales:
            link = self.link(locale)
            source = self.members[link.source_locale] if link else origin
            if locale != source.locale and locale != origin.locale:
                yield source, locale


def load_groups(keys: Collection[UUID]) -> list[Group]:
    """The groups of content pages with these keys, those without a page left out: two queries."""
    groups: defaultdict[UUID, Group] = defaultdict(lambda: Group(UUID(int=0)))
    pages = Page.objects.filter(translation_key__in=keys).select_related("locale", "content_type")
    for page in pages:
        model = page.content_type.model_class()
        if model is None or registry.for_model(model) is None:
            continue
        group = groups[page.translation_key]
        group.key = page.translation_key
        group.members[page.locale.language_code] = Member(
            id=page.pk,
            key=page.translation_key,
            locale=page.locale.language_code,
            live=page.live,
            live_revision=page.live_revision_id,
            last_published_at=page.last_published_at,
            is_alias=page.alias_of_id is not None,
        )
    links = Translation.objects.filter(source__object_id__in=list(groups), enabled=True)
    for link in links.select_related("source__locale", "target_locale"):
        groups[link.source.object_id].links[link.target_locale.language_code] = Link(
            source_id=link.source_id,
            source_locale=link.source.locale.language_code,
            synced_at=link.source.last_updated_at,
            revision=json.loads(link.source.content_json).get("live_revision"),
        )
    return list(groups.values())
