"""The site facts as they are delivered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from cms.pages.build import Build
from cms.pages.exposed import Json, JsonSchema
from cms.pages.kinds.base import nullable
from cms.pages.media import IMAGE_SCHEMA, read_image
from cms.pages.visibility import visible_documents
from cms.portal.models import SITE_TAG, SiteFacts, SiteFactsTranslation

__all__ = ["FACTS_SCHEMA", "DeliveredFacts", "read_facts"]


def _object(**properties: JsonSchema) -> JsonSchema:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _list(items: JsonSchema) -> JsonSchema:
    return {"type": "array", "items": items}


_TEXT: JsonSchema = {"type": "string"}
FACTS_SCHEMA: JsonSchema = _object(
    locale=_TEXT,
    locale_served={**_TEXT, "description": "The locale that the name is in."},
    name=_TEXT,
    short_name=_TEXT,
    superior_body=_TEXT,
    logo=nullable(IMAGE_SCHEMA),
    address=_TEXT,
    phones=_list({**_TEXT, "description": "E.164."}),
    fax=_TEXT,
    email=_TEXT,
    hours=_TEXT,
    licence=nullable(
        _object(
            number=_TEXT, issuer=_TEXT, issued_on={"type": ["string", "null"], "format": "date"}
        )
    ),
    responsible=nullable(_object(name=_TEXT, title=_TEXT)),
    link_groups=_list(_object(title=_TEXT, links=_list(_object(title=_TEXT, url=_TEXT)))),
    locales=_list(
        _object(code=_TEXT, name=_TEXT, path=_TEXT, default={"type": "boolean"}),
    ),
)


@dataclass(frozen=True, slots=True)
class DeliveredFacts:
    """The facts, and what they were made from."""

    body: dict[str, Json]
    tags: set[str] = field(default_factory=set)
    until: datetime | None = None
    """From when on they may read differently without a change of content."""


def read_facts(locale: str | None = None) -> DeliveredFacts:
    """The facts for readers of a locale (by default the portal's own).

    A text without a translation is given as it is in the default locale. Reading makes no row:
    a portal without facts has empty ones.
    """
    locale = locale or settings.LANGUAGE_CODE
    facts = SiteFacts.objects.select_related("logo__collection").first() or SiteFacts()
    build = Build(locale=locale)
    build.note(SITE_TAG)
    translated = _translation(facts, locale)

    def text(name: str) -> str:
        return getattr(translated, name, "") or getattr(facts, name)

    body: dict[str, Json] = {
        "locale": locale,
        "locale_served": locale if getattr(translated, "name", "") else settings.LANGUAGE_CODE,
        "name": text("name"),
        "short_name": text("short_name"),
        "superior_body": text("superior_body"),
        "logo": read_image(facts.logo, build),
        "address": text("address"),
        "phones": list(facts.phone_numbers),
        "fax": facts.fax,
        "email": facts.email,
        "hours": text("hours"),
        "licence": _licence(facts, text("licence_issuer")),
        "responsible": {"name": facts.responsible_name, "title": text("responsible_title")}
        if facts.responsible_name
        else None,
        "link_groups": [_group(child.value, build) for child in facts.link_groups],
        "locales": _locales(build),
    }
    return DeliveredFacts(body, build.tags, build.rebuild_at)


def _translation(facts: SiteFacts, locale: str) -> SiteFactsTranslation | None:
    if facts.pk is None or locale == settings.LANGUAGE_CODE:
        return None
    rows = SiteFactsTranslation.objects.filter(facts=facts, locale__language_code=locale)
    found: SiteFactsTranslation | None = rows.first()
    return found


def _licence(facts: SiteFacts, issuer: str) -> Json:
    if not facts.licence_number:
        return None
    issued_on = facts.licence_issued_on
    return {
        "number": facts.licence_number,
        "issuer": issuer,
        "issued_on": issued_on.isoformat() if issued_on else None,
    }


def _group(group: Any, build: Build) -> Json:
    """A group; a link to a page that the public may not see is left out."""
    links: list[Json] = []
    for link in group["links"]:
        page = link.get("page")
        url = build.path(page.pk) if page is not None else link.get("url")
        if url:
            links.append({"title": link["title"], "url": url})
    return {"title": group["title"], "links": links}


def _locales(build: Build) -> list[Json]:
    """The languages in which the portal has a front page that the public may see."""
    names = dict(settings.LANGUAGES)
    default = settings.LANGUAGE_CODE
    paths = {code: "/" if code == default else f"/{code}/" for code in build.roots.url_paths}
    fronts = visible_documents(now=build.now).filter(path__in=paths.values())
    rows = fronts.values_list("pk", "locale", "path", "expires_at")
    visible: set[str] = set()
    for page_id, locale, path, expires_at in rows:
        if paths.get(locale) == path:
            visible.add(locale)
            build.note(f"page:{page_id}", "type:home")
            build.note_moment(expires_at)
    return [
        {"code": code, "name": str(names.get(code, code)), "path": paths[code],
         "default": code == default}
        for code in sorted(visible, key=lambda one: (one != default, one))
    ]  # fmt: skip
