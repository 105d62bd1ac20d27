"""Issuing preview tokens and reading with them.

A token is a random value with a signature (by ``SECRET_KEY``, or by its fallbacks while a key is
changed), so that a made-up one costs no query. It is worth what the session that made it is worth:
it ends with logging out and with a change of password. And it ends with the right to edit the page,
with the page's next publication, with its deletion, and after ``CMS_PREVIEW_MINUTES``.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from cms.delivery.access.tokens import SECRET_BYTES, digest_of
from cms.delivery.models import PreviewToken
from cms.pages.drafts import FrozenDraft, freeze, thaw
from cms.pages.models import ContentPage

__all__ = ["MAX_BYTES", "MAX_PER_SESSION", "PREFIX", "issue", "open_draft"]

PREFIX = "htp_"
MAX_PER_SESSION = 20
MAX_BYTES = 2_000_000
"""Of a page's content; a longer page is shown by the built-in preview."""


def issue(page: ContentPage, user: Any, session_key: str) -> str | None:
    """A token for the page as it is in memory; None for a page that no frontend can be shown.

    The caller has seen to it that the user may edit it.
    """
    draft = freeze(page)
    if draft is None or len(draft.content) > MAX_BYTES:
        return None
    value = secrets.token_urlsafe(SECRET_BYTES)
    now = timezone.now()
    _make_room(session_key)
    PreviewToken.objects.create(
        digest=digest_of(value),
        user=user,
        session_key=session_key,
        type=draft.type,
        page_id=draft.page_id,
        parent_id=draft.parent_id,
        published_at=draft.published_at,
        content=draft.content,
        created_at=now,
        expires_at=now + timedelta(minutes=settings.CMS_PREVIEW_MINUTES),
    )
    return PREFIX + _signer().sign(value)


def open_draft(secret: str) -> ContentPage | None:
    """The page that a token shows; None for a token that is wrong or has ended, for any reason."""
    row = _find(secret)
    if row is None or not _is_logged_in(row):
        return None
    draft = FrozenDraft(
        type=row.type,
        page_id=row.page_id,
        parent_id=row.parent_id,
        published_at=row.published_at,
        content=row.content,
    )
    return thaw(draft, row.user, row.created_at)


def _find(secret: str) -> PreviewToken | None:
    if not secret.startswith(PREFIX) or len(secret) > 200:
        return None
    try:
        digest = digest_of(_signer().unsign(secret.removeprefix(PREFIX)))
    except BadSignature:
        return None
    row = PreviewToken.objects.select_related("user").filter(digest=digest).first()
    if row is None or not hmac.compare_digest(row.digest, digest):
        return None
    # Both: a setting that was shortened counts at once.
    longest = row.created_at + timedelta(minutes=settings.CMS_PREVIEW_MINUTES)
    return row if timezone.now() < min(row.expires_at, longest) else None


def _is_logged_in(row: PreviewToken) -> bool:
    """Whether the session that made the token is still the user's.

    As ``django.contrib.auth.get_user`` finds out, which would write to the session as well.
    """
    session = import_module(settings.SESSION_ENGINE).SessionStore(row.session_key)
    known = session.get(HASH_SESSION_KEY, "")
    hashes = [row.user.get_session_auth_hash(), *row.user.get_session_auth_fallback_hash()]
    is_theirs = session.get(SESSION_KEY) == str(row.user_id)
    return is_theirs and any(constant_time_compare(known, one) for one in hashes)


def _make_room(session_key: str) -> None:
    """Leaves the session room for one more."""
    rows = PreviewToken.objects.filter(session_key=session_key)
    old = list(
        rows.order_by("-created_at", "-pk").values_list("pk", flat=True)[MAX_PER_SESSION - 1 :]
    )
    if old:
        rows.filter(pk__in=old).delete()


def _signer() -> Signer:
    return Signer(salt="cms.delivery.preview", sep=".")
