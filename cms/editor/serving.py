"""The built-in page at a page's public address: what the API shows, to the same readers."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from wagtail.models import Page, PageViewRestriction
from wagtail.views import authenticate_with_password, serve

from cms.pages.reading import load_document
from cms.plugins.registry import registry

__all__ = ["ask_password", "refuse_withdrawn", "serve_page"]


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's page view in the language that the path begins with: `/en/news/` is English.

    Django's own middleware for this would let the Accept-Language header decide as well, for
    every address of the server. The answer is rendered here, while the language is set.
    """
    code, _slash, rest = path.partition("/")
    if code == settings.LANGUAGE_CODE or code not in dict(settings.LANGUAGES):
        code, rest = settings.LANGUAGE_CODE, path
    with translation.override(code):
        response: HttpResponse = serve(request, rest)
        if hasattr(response, "render"):
            response.render()
    return response


def refuse_withdrawn(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    """Hook `before_serve_page`: raises Http404 for a page that no reader may see.

    A page under a view restriction goes on to Wagtail, which asks for the login or the password;
    one that has expired, or whose plugin is disabled, is gone for everyone.
    """
    if _is_gone(page):
        raise Http404
    if page.locale.language_code != translation.get_language():
        raise Http404  # `/en/` leads to the Vietnamese page where there is no English one
    if not page.get_view_restrictions() and load_document(pk=page.pk) is None:
        raise Http404


def ask_password(request: HttpRequest, page_view_restriction_id: int, page_id: int) -> HttpResponse:
    """Wagtail's form for the password of a private page.

    Raises Http404 for a page that doesn't ask for this password: Wagtail's own view has a form for
    every page, drafts included, which tells who asks that there is one.
    """
    page = Page.objects.filter(pk=page_id, live=True).first()
    if page is None or _is_gone(page.specific):
        raise Http404
    asking = page.get_view_restrictions().filter(
        pk=page_view_restriction_id, restriction_type=PageViewRestriction.PASSWORD
    )
    if not asking.exists():
        raise Http404
    response: HttpResponse = authenticate_with_password(request, page_view_restriction_id, page_id)
    return response


def _is_gone(page: Page) -> bool:
    """Whether nobody may see the page any more, with whatever password."""
    content_type = registry.for_model(type(page))
    if content_type is None or not content_type.enabled:
        return True
    return page.expire_at is not None and page.expire_at <= timezone.now()
