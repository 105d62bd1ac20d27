"""Logging in is limited by address, more strictly than reading."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cms.delivery.access.admission import hit

__all__ = ["LoginLimitMiddleware"]


class LoginLimitMiddleware:
    """Refuses a client's tries to log in, or to have a password sent, when there are too many."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path_info.startswith(_paths()):
            return self._get_response(request)
        verdict = hit(request, "login", settings.CMS_LOGIN_RATE_LIMIT)
        if verdict is None or verdict.allowed:
            return self._get_response(request)
        seconds = max(1, math.ceil(verdict.wait))
        response = render(request, "access/too_many_logins.html", {"seconds": seconds}, status=429)
        response.headers["Retry-After"] = str(seconds)
        response.headers["Cache-Control"] = "no-store"
        return response


@lru_cache(maxsize=1)
def _paths() -> tuple[str, ...]:
    """Where passwords are given: to the admin, to a private page, and to have one reset."""
    by_password = reverse("wagtailcore_authenticate_with_password", args=(0, 0))
    return (
        reverse("wagtailadmin_login"),
        reverse("wagtailadmin_password_reset"),
        reverse("wagtailcore_login"),
        by_password.partition("0/")[0],
    )
