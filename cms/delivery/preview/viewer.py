"""The editor's preview: sent on to the frontend, where one is set."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from cms.delivery.preview.tokens import issue
from cms.pages.models import ContentPage

__all__ = ["send_to_frontend"]


def send_to_frontend(page: ContentPage, request: HttpRequest) -> HttpResponse | None:
    """A redirect to ``CMS_PREVIEW_URL`` with a token for this state of the page.

    None, and with it the built-in page, where no frontend is set or it could show nothing.
    """
    user = getattr(request, "user", None)
    session_key = getattr(getattr(request, "session", None), "session_key", None)
    if settings.CMS_PREVIEW_URL is None or user is None or not session_key:
        return None
    token = issue(page, user, session_key) if user.is_authenticated else None
    if token is None:
        return None
    response = HttpResponseRedirect(settings.CMS_PREVIEW_URL.replace("{token}", token))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
