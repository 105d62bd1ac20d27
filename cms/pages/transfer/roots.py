"""The portal's front pages, one for each locale, in place of Wagtail's welcome page."""

from __future__ import annotations

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Concat
from wagtail.models import Page, Site

from cms.pages.kinds import IntakeError
from cms.pages.models import ContentPage
from cms.pages.transfer.addresses import Address, PageFinder

__all__ = ["add_root"]


def add_root(page: ContentPage, address: Address, finder: PageFinder) -> None:
    """Puts an unsaved front page into the tree; that of the default locale becomes the site's.

    A site whose root is a content page keeps it. Wagtail's welcome page, which a fresh database
    has in its place, goes. Raises IntakeError where the portal has no front page of which this
    one could be the translation, and ValidationError as saving does.
    """
    top = Page.get_first_root_node()
    if top is None:
        raise IntakeError("the page tree has no root: run the migrations first")
    if not type(page).can_create_at(top):
        raise IntakeError(f"the type {type(page).type_name()} can't be a front page", "type")
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if address.locale != settings.LANGUAGE_CODE:
        if site is None or finder.find(Address(settings.LANGUAGE_CODE, "/")) is None:
            raise IntakeError("the portal has no front page in the default locale yet")
        page.translation_key = site.root_page.translation_key
        top.add_child(instance=page)
    else:
        _replace_welcome(site, top, page)
    finder.forget_roots()


def _replace_welcome(site: Site | None, top: Page, page: ContentPage) -> None:
    welcome = site.root_page if site else None
    if welcome is not None:
        if type(welcome.specific) is not Page or not welcome.is_leaf():
            raise IntakeError(
                "the default site's root is another page: make the front page its root"
            )
        # Its slug may be the one that the front page wants.
        Page.objects.filter(pk=welcome.pk).update(slug=Concat(F("slug"), Value("-welcome")))
    top.add_child(instance=page)
    name = settings.WAGTAIL_SITE_NAME
    if site is None:
        Site.objects.create(
            hostname="localhost", root_page=page, is_default_site=True, site_name=name
        )
        return
    site.root_page = page  # first: a site goes with its root
    site.site_name = site.site_name or name  # else the admin calls it by its host's name
    site.save()
    if welcome is not None:
        Page.objects.get(pk=welcome.pk).delete()
