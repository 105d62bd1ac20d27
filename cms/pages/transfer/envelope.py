"""What every page's line has beside the type's own fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.models import Page

from cms.pages.builder import format_time
from cms.pages.exposed import Json
from cms.pages.kinds import IntakeError
from cms.pages.kinds.text import check_text
from cms.pages.kinds.times import DateTimeKind
from cms.pages.transfer.addresses import Address, PageFinder, read_address

__all__ = ["ENVELOPE", "link_translations", "write_envelope"]

ENVELOPE: tuple[str, ...] = (
    "type", "path", "locale", "title", "slug", "published_at", "expires_at", "seo", "translations",
)  # fmt: skip
"""Keys of a page's line. ``slug`` stands in those of front pages alone, whose path hasn't got
it; ``expires_at`` where the page has an end; ``translations`` where there are any."""

MAX_TITLE = 255
"""The length of Wagtail's title column."""

_SEO = ("title", "description")


def write_envelope(page: Any, address: Address, line: Mapping[str, Json]) -> bool:
    """Sets title, times and SEO texts where the line has them; returns whether any differed."""
    wanted: dict[str, Any] = {}
    if "title" in line:
        wanted["title"] = _title(line["title"])
    for key, column in (("published_at", "first_published_at"), ("expires_at", "expire_at")):
        if key in line and line[key] != format_time(getattr(page, column)):
            wanted[column] = _moment(line[key], key)
    if wanted.get("first_published_at", page) is None:
        del wanted["first_published_at"]  # publishing sets it
    wanted |= _seo(page, line.get("seo"), str(wanted.get("title", page.title)))
    wanted |= _slug(address, line)
    differs = any(getattr(page, column) != value for column, value in wanted.items())
    for column, value in wanted.items():
        setattr(page, column, value)
    return differs


def link_translations(page: Any, line: Mapping[str, Json], finder: PageFinder) -> bool:
    """Makes the page one with the first of its translations that is here already.

    The other one's line names this page likewise, so whichever comes later makes the link.
    Raises IntakeError where that page has another translation in this page's language.
    """
    translations = line.get("translations") or []
    if not isinstance(translations, list):
        raise IntakeError("a list of addresses is expected", "translations")
    for index, reference in enumerate(translations):
        if not isinstance(reference, dict):
            raise IntakeError("an object with locale and path", f"translations[{index}]")
        other = finder.find(read_address(reference.get("path"), reference.get("locale")))
        if other is None or other.translation_key == page.translation_key:
            continue
        same = Page.objects.filter(
            translation_key=other.translation_key, locale_id=page.locale_id
        ).exclude(pk=page.pk)
        if same.exists():
            raise IntakeError(
                f"{other.title!r} has another translation in this language",
                f"translations[{index}]",
            )
        page.translation_key = other.translation_key
        if page.pk is not None:
            # Past the revision, which takes the key from the row.
            Page.objects.filter(pk=page.pk).update(translation_key=page.translation_key)
        return True
    return False


def _seo(page: Any, seo: Json, title: str) -> dict[str, str]:
    if seo is None:
        return {}
    if not isinstance(seo, dict) or not set(seo) <= set(_SEO):
        raise IntakeError(f"an object with {' and '.join(_SEO)} is expected", "seo")
    wanted: dict[str, str] = {}
    if "title" in seo:
        # Delivered, the page's title stands in for one that isn't given.
        given = _text(seo["title"], "seo.title")
        wanted["seo_title"] = "" if given == title else given
        if given == title == page.seo_title:
            del wanted["seo_title"]
    if "description" in seo:
        wanted["search_description"] = _text(seo["description"], "seo.description")
    return wanted


def _slug(address: Address, line: Mapping[str, Json]) -> dict[str, str]:
    """A front page's slug; that of any other page is the end of its path."""
    if "slug" not in line:
        return {}
    slug = _text(line["slug"], "slug")
    if address.is_root:
        return {"slug": slug}
    if slug != address.slug:
        raise IntakeError(f"the path ends in {address.slug!r}", "slug")
    return {}


def _title(value: Json) -> str:
    """Checked here, since a page that isn't live is saved with next to no validation."""
    title = _text(value, "title")
    if not title.strip():
        raise IntakeError("a page needs a title", "title")
    if len(title) > MAX_TITLE:
        raise IntakeError(f"a title has at most {MAX_TITLE} characters", "title")
    return title


def _text(value: Json, place: str) -> str:
    if not isinstance(value, str):
        raise IntakeError("text is expected", place)
    return check_text(value)


def _moment(value: Json, place: str) -> Any:
    try:
        return DateTimeKind().write(None, value, None)  # type: ignore[arg-type]  # no reference
    except IntakeError as error:
        raise error.within(place) from error
