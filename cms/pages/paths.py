"""Public paths: where a page stands for the outside.

The portal is the default Site. Its root page is ``/``; a translation of the root page is
``/<locale>/``. A page outside these trees has no public path and is never delivered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from wagtail.models import Page, Site

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Roots", "load_roots", "url_path_under"]


@dataclass(frozen=True, slots=True)
class Roots:
    """The portal's root pages: locale code → ``url_path`` of that locale's root."""

    url_paths: Mapping[str, str]

    def public_path(self, url_path: str, locale: str) -> str | None:
        """``/trang-chu/tin-tuc/`` → ``/tin-tuc/``, ``/home/news/`` → ``/en/news/``; else None."""
        root = self.url_paths.get(locale)
        if root is None or not url_path.startswith(root):
            return None
        prefix = "/" if locale == settings.LANGUAGE_CODE else f"/{locale}/"
        return prefix + url_path[len(root) :]


def load_roots() -> Roots:
    """Reads the default Site's root page and its translations: two queries."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None:
        return Roots({})
    pages = Page.objects.filter(translation_key=site.root_page.translation_key)
    return Roots(dict(pages.values_list("locale__language_code", "url_path")))


def url_path_under(ancestor: Page, page: Page) -> str:
    """``page``'s url path worked out from ``ancestor``'s and the slugs between them.

    A move or a change of slug saves the page first and rewrites its descendants' ``url_path``
    afterwards; in between, theirs still has the old beginning and only their last parts hold.
    """
    own = page.url_path.strip("/").split("/")
    below = own[len(own) - (page.depth - ancestor.depth) :] if page.depth > ancestor.depth else []
    return str(ancestor.url_path) + "".join(f"{part}/" for part in below)
