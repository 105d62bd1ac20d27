"""The door of delivery: who may ask, how often, and what caches may make of the answer."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cms.delivery.access.addresses import address_key, client_address
from cms.delivery.access.limiter import Limiter, Rate, Verdict, parse_rate
from cms.delivery.access.readers import ANONYMOUS, Access, access_of
from cms.delivery.access.table import Table
from cms.delivery.access.tokens import note_use
from cms.delivery.answers import Answer
from cms.delivery.problems import Problem

__all__ = ["admit", "finish", "forget_clients", "hit"]

OWN_TOKEN = frozenset({"api-preview"})
"""Names of the addresses that take a token of another sort."""

OPEN = frozenset({"api-healthz", "api-readyz", "image-preset", "image-vector"})
"""Asked for by what can't send a token or must never be refused: not counted either."""

EXPLANATIONS = frozenset({"api-problem"})
"""What a client without a token may read where tokens are required."""

_BUCKETS = ("anonymous", "token", "preview", "login")


@cache
def _limiter(bucket: str) -> Limiter:
    """Made at the first request, so that the processes of a server each open the file."""
    folder: Path | None = settings.CMS_LIMITS_DIR
    return Limiter(Table(folder / bucket if folder is not None else None))


def admit(request: HttpRequest, name: str) -> Access:
    """Lets a request in to the address of that name, and counts it.

    Raises Problem ``invalid-token`` and ``too-many-requests``. A wrong token counts for the address
    that it comes from: guessing gives nobody a fresh quota.
    """
    if name in OPEN:
        return ANONYMOUS
    if name in OWN_TOKEN:
        _count(request, "preview", settings.CMS_PREVIEW_RATE_LIMIT)
        return ANONYMOUS
    try:
        access = access_of(request)
    except Problem:
        _count(request, "anonymous", settings.CMS_ANONYMOUS_RATE_LIMIT)
        raise
    if access.token is None:
        _count(request, "anonymous", settings.CMS_ANONYMOUS_RATE_LIMIT)
        if settings.CMS_API_REQUIRES_TOKEN and name not in EXPLANATIONS:
            raise Problem("invalid-token")
    else:
        limit = access.token.rate_limit or settings.CMS_TOKEN_RATE_LIMIT
        _count(request, "token", limit, access.token.pk)
        note_use(access.token)
    return access


def hit(request: HttpRequest, bucket: str, limit: str, key: object = None) -> Verdict | None:
    """Counts a request for a key, by default its client's address; None where there is no limit."""
    rate = parse_rate(limit)
    if rate is None:
        return None
    client = address_key(client_address(request)) if key is None else key
    return _limiter(bucket).hit(client, rate)


def forget_clients() -> None:
    """Every client has its whole quota again."""
    for bucket in _BUCKETS:
        _limiter(bucket).clear()


def _count(request: HttpRequest, bucket: str, limit: str, key: object = None) -> None:
    verdict = hit(request, bucket, limit, key)
    if verdict is None:
        return
    request.cms_quota = (bucket, verdict)  # type: ignore[attr-defined]
    if not verdict.allowed:
        raise Problem("too-many-requests")


def finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with what its reader's token and quota mean for its headers.

    What may be kept has no quota in it, since the next reader would get this one's.
    """
    headers = response.headers
    if "HTTP_AUTHORIZATION" in request.META:
        headers["Cache-Control"] = "private, no-store"
        headers.pop("Cache-Tag", None)
        if isinstance(response, Answer):
            response.keepable = None
    quota: tuple[str, Verdict] | None = getattr(request, "cms_quota", None)
    if quota is not None and not _may_be_kept(response):
        bucket, verdict = quota
        for name, value in _quota_headers(bucket, verdict).items():
            headers[name] = value
        if not verdict.allowed:
            headers["Retry-After"] = str(max(1, math.ceil(verdict.wait)))
    return response


def _may_be_kept(response: HttpResponse) -> bool:
    """By the hot path, or by a shared cache."""
    cache_control = response.headers.get("Cache-Control", "")
    is_shared = "public" in cache_control and "s-maxage=0" not in cache_control
    return is_shared or (isinstance(response, Answer) and response.keepable is not None)


def _quota_headers(bucket: str, verdict: Verdict) -> dict[str, str]:
    """``RateLimit`` and ``RateLimit-Policy`` of draft-ietf-httpapi-ratelimit-headers-10, and the
    three fields of its draft 06, which most clients know."""
    rate: Rate = verdict.rate
    reset = math.ceil(verdict.reset)
    return {
        "RateLimit-Policy": f'"{bucket}";q={rate.amount};w={rate.seconds}',
        "RateLimit": f'"{bucket}";r={verdict.remaining};t={reset}',
        "RateLimit-Limit": str(rate.amount),
        "RateLimit-Remaining": str(verdict.remaining),
        "RateLimit-Reset": str(reset),
    }
