"""Builds a published document from a page: pure but for what it reads through its Build."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import orjson

from cms.changes.entries import format_time
from cms.pages.build import Build
from cms.pages.copies import load_originals
from cms.pages.exposed import ComputedField, ExposedField, Json
from cms.pages.kinds import read_field
from cms.pages.translation_states import describe_state, states_of_translations
from cms.pages.visibility import visible_documents
from cms.plugins.registry import registry

if TYPE_CHECKING:
    from cms.pages.models import ContentPage

__all__ = ["BuiltDocument", "build_card", "build_document", "dump_json", "format_time"]


@dataclass(frozen=True, slots=True)
class BuiltDocument:
    """What one build yields; ``etag`` is quoted, strong and made of the body alone."""

    type: str
    body: bytes
    card: bytes
    tags: frozenset[str]
    card_tags: frozenset[str]
    rebuild_at: datetime | None
    path: str
    original_expires_at: datetime | None
    """When the page that this one shows the text of is gone by itself."""
    etag: str = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.blake2b(self.body, digest_size=16).hexdigest()
        object.__setattr__(self, "etag", f'"{digest}"')


def dump_json(value: Json) -> bytes:
    """Compact UTF-8 JSON; lone surrogates, which UTF-8 can't carry, never get this far."""
    return orjson.dumps(value)


def build_document(page: ContentPage, build: Build | None = None) -> BuiltDocument:
    """Builds the document of a page as it stands in the database.

    ``page`` is the specific page. Raises ValueError for a page without a public path.
    """
    build = build or Build()
    build.locale = page.locale.language_code
    card_build = Build(now=build.now, roots=build.roots, locale=build.locale)
    card = build_card(page, card_build)
    build.note(*card_build.tags, f"page:{page.pk}", f"translations:{page.translation_key}")
    build.note_moment(card_build.rebuild_at)
    build.know_card(page, card)

    parent = page.get_parent()
    state = states_of_translations([page.pk]).get(page.pk)
    body: dict[str, Json] = {
        **{name: card[name] for name in ("id", "type", "locale", "path")},
        "slug": page.slug,
        "title": page.title,
        "published_at": format_time(page.first_published_at),
        "updated_at": format_time(page.last_published_at),
        "parent": build.card(parent.pk) if parent and not parent.is_root() else None,
        "translation": describe_state(state, build),
        "translations": _translations(page, build),
        "seo": {"title": page.seo_title or page.title, "description": page.search_description},
    }
    body.update(_exposed(page, build, _type_fields(page)))
    is_copy = page.alias_of_id is not None or (state is not None and state.managed)
    original = load_originals([page]).get(page.pk) if is_copy else None
    return BuiltDocument(
        type=str(card["type"]),
        body=dump_json(body),
        card=dump_json(card),
        tags=frozenset(build.tags),
        card_tags=frozenset(card_build.tags),
        rebuild_at=build.rebuild_at,
        path=str(card["path"]),
        original_expires_at=original.expires_at if original else None,
    )


def build_card(page: ContentPage, build: Build) -> dict[str, Json]:
    """The short form of a page: the envelope's beginning and its ``card=True`` fields."""
    locale = page.locale.language_code
    path = build.roots.public_path(page.url_path, locale)
    if path is None:
        raise ValueError(f"Page {page.pk} stands outside the portal and has no public path.")
    content_type = registry.for_model(type(page))
    if content_type is None:
        raise ValueError(f"{type(page).__name__} is not a registered content type.")
    fields = [exposed for exposed in _type_fields(page) if exposed.card]
    return {
        "id": page.pk,
        "type": content_type.name,
        "locale": locale,
        "path": path,
        "title": page.title,
        **_exposed(page, build, fields),
    }


def _type_fields(page: ContentPage) -> tuple[ExposedField, ...]:
    content_type = registry.for_model(type(page))
    return content_type.exposed_fields if content_type else ()


def _exposed(
    page: ContentPage, build: Build, fields: tuple[ExposedField, ...] | list[ExposedField]
) -> dict[str, Json]:
    return {
        exposed.name: exposed.read(page, build)
        if isinstance(exposed, ComputedField)
        else read_field(page, exposed.name, build)
        for exposed in fields
    }


def _translations(page: ContentPage, build: Build) -> Json:
    rows = visible_documents(now=build.now).filter(translation_key=page.translation_key)
    others = rows.exclude(pk=page.pk).defer("body", "card").order_by("locale")
    for row in others:
        build.note_moment(row.expires_at)
    return [{"locale": row.locale, "path": row.path, "title": row.title} for row in others]
