"""The secrets of access tokens: making one, and finding whose one is."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from datetime import timedelta
from typing import Any

from django.db import OperationalError
from django.db.models import Q
from django.utils import timezone

from cms.delivery.models import ApiToken

__all__ = ["PREFIX", "digest_of", "find_token", "new_secret", "note_use", "origin_is_known"]

PREFIX = "htc_"
"""Starts every secret, so that one that got out is found by a search."""

SECRET_BYTES = 32
SHOWN = 8  # characters of the secret's 43 that the admin shows to tell tokens apart
USE_IS_NOTED_EVERY = timedelta(minutes=1)

logger = logging.getLogger(__name__)


def new_secret() -> tuple[str, str, str]:
    """A new secret, the beginning of it that may be shown, and its digest."""
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    return secret, secret[: len(PREFIX) + SHOWN], digest_of(secret)


def digest_of(secret: str) -> str:
    """The SHA-256 of a secret in hexadecimal: it is random, so that it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find_token(secret: str) -> ApiToken | None:
    """The valid token with the secret: one query, none for what can't be one."""
    if not secret.startswith(PREFIX) or len(secret) > 100:
        return None
    digest = digest_of(secret)
    token: ApiToken | None = ApiToken.objects.filter(digest=digest).first()
    if token is None or not hmac.compare_digest(token.digest, digest) or not token.is_valid:
        return None
    return token


def note_use(token: ApiToken) -> None:
    """Writes down that the token was used, once a minute; reading doesn't depend on it."""
    now = timezone.now()
    earlier = now - USE_IS_NOTED_EVERY
    if token.last_used_at is not None and token.last_used_at > earlier:
        return
    unnoted: Any = ApiToken.objects.filter(pk=token.pk).filter(
        Q(last_used_at=None) | Q(last_used_at__lte=earlier)
    )
    try:
        unnoted.update(last_used_at=now)
    except OperationalError as error:
        logger.warning("the use of a token was not noted", exc_info=error)


def origin_is_known(origin: str) -> bool:
    """Whether scripts of the origin may use some valid token."""
    now = timezone.now()
    valid = ApiToken.objects.filter(revoked=False).exclude(allowed_origins="")
    valid = valid.filter(Q(expires_at=None) | Q(expires_at__gt=now))
    return any(origin in token.origins for token in valid)
