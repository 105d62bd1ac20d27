"""Who asks: nobody in particular, or the holder of an access token."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from cms.delivery.access.tokens import find_token
from cms.delivery.models import ApiToken
from cms.delivery.problems import Problem
from cms.pages.scope import EVERYTHING, Scope

__all__ = ["ANONYMOUS", "Access", "access_of", "bearer"]


@dataclass(frozen=True, slots=True)
class Access:
    """What one request may read."""

    token: ApiToken | None = None
    scope: Scope = EVERYTHING

    @property
    def reads_drafts(self) -> bool:
        """Whether drafts may be read one by one."""
        return self.token is not None and self.token.reads_drafts


ANONYMOUS = Access()


def bearer(request: HttpRequest) -> str | None:
    """The secret of ``Authorization: Bearer …``; None for none and for another scheme.

    Another scheme (a proxy's own ``Basic``) is nobody's token here; its answers aren't shared
    either.
    """
    scheme, _space, secret = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else None


def access_of(request: HttpRequest) -> Access:
    """Who asks; worked out once a request.

    Raises Problem ``invalid-token``, the same for one that is wrong, expired or revoked.
    """
    known: Access | None = getattr(request, "cms_access", None)
    if known is None:
        known = _read(request)
        request.cms_access = known  # type: ignore[attr-defined]
    return known


def _read(request: HttpRequest) -> Access:
    secret = bearer(request)
    if secret is None:
        return ANONYMOUS
    token = find_token(secret)
    if token is None:
        raise Problem("invalid-token")
    return Access(token, token.load_scope())
