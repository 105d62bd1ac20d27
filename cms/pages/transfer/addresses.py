"""Locale and path: how a line names a page, and how the page is found."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from wagtail.models import Locale, Page

from cms.pages.exposed import Json
from cms.pages.kinds import IntakeError
from cms.pages.kinds.text import check_text
from cms.pages.paths import Roots, load_roots

__all__ = ["Address", "PageFinder", "locale_named", "read_address"]

_MAX_PATH = 4_000


@dataclass(frozen=True, slots=True)
class Address:
    """A public path in its locale; ``path`` begins and ends with a slash."""

    locale: str
    path: str

    @property
    def prefix(self) -> str:
        """The path of the locale's root: ``/``, ``/en/``."""
        return "/" if self.locale == settings.LANGUAGE_CODE else f"/{self.locale}/"

    @property
    def is_root(self) -> bool:
        """Whether it is a front page."""
        return self.path == self.prefix

    @property
    def slug(self) -> str:
        """The path's last part; empty for a root, whose slug the path doesn't show."""
        return "" if self.is_root else self.path.rstrip("/").rpartition("/")[2]

    @property
    def parent(self) -> Address:
        """The address one level up; raises ValueError for a root."""
        if self.is_root:
            raise ValueError("A root has no parent.")
        return Address(self.locale, self.path.rstrip("/").rpartition("/")[0] + "/")

    def is_within(self, other: Address) -> bool:
        """Whether it is ``other`` or below it."""
        return self.locale == other.locale and self.path.startswith(other.path)

    def __str__(self) -> str:
        return self.path


def read_address(path: Json, locale: Json = None) -> Address:
    """The address of a line or a reference; without a locale the path's beginning tells it.

    Raises IntakeError for what can't be the path of a page.
    """
    if not isinstance(path, str) or not path.startswith("/"):
        raise IntakeError("a path like /gioi-thieu/ is expected", "path")
    if len(check_text(path)) > _MAX_PATH:
        raise IntakeError("the path is too long", "path")
    path = path if path.endswith("/") else f"{path}/"
    if "//" in path or any(part in (".", "..") for part in path.split("/")):
        raise IntakeError(f"{path!r} is not the path of a page", "path")
    if locale is None:
        first = path.split("/")[1]
        known = {code for code, _ in settings.LANGUAGES}
        locale = first if first in known - {settings.LANGUAGE_CODE} else settings.LANGUAGE_CODE
    if not isinstance(locale, str):
        raise IntakeError("a locale's code is expected", "locale")
    address = Address(locale, path)
    if not path.startswith(address.prefix):
        raise IntakeError(f"a path in {locale} begins with {address.prefix}", "path")
    return address


class PageFinder:
    """Finds pages by address, public or not; remembers the portal's roots."""

    def __init__(self) -> None:
        self._roots: Roots | None = None

    @property
    def roots(self) -> Roots:
        """The portal's roots, read once."""
        if self._roots is None:
            self._roots = load_roots()
        return self._roots

    def forget_roots(self) -> None:
        """Reads the roots again: one was added."""
        self._roots = None

    def find(self, address: Address) -> Page | None:
        """The page that stands at the address, whether the public may see it or not.

        Wagtail's own welcome page is none.
        """
        root = self.roots.url_paths.get(address.locale)
        if root is None:
            return None
        url_path = root + address.path.removeprefix(address.prefix)
        pages = Page.objects.filter(url_path=url_path, locale__language_code=address.locale)
        page = pages.select_related("content_type").first()
        return None if page is None or page.specific_class is Page else page

    def find_id(self, address: Address) -> int | None:
        """The id of the page that stands at the address."""
        page = self.find(address)
        return page.pk if page else None


def locale_named(code: str) -> Locale:
    """The locale, made where the settings have the language; else raises IntakeError."""
    languages = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    if code not in languages:
        raise IntakeError(f"unknown locale {code!r}; allowed: {', '.join(languages)}", "locale")
    return Locale.objects.get_or_create(language_code=code)[0]
