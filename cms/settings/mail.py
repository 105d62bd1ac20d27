"""The mail server setting, from one address."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

__all__ = ["build_mailer"]

DEFAULT_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def build_mailer(url: str | None, *, fallback: str) -> dict[str, Any]:
    """The default entry of `MAILERS` for a mail server's address.

    ``fallback`` is the dotted path of the backend to use without an address. Raises
    ImproperlyConfigured, without repeating the address, when it can't be read.
    """
    if url is None:
        return {"BACKEND": fallback}
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS[parts.scheme]
        if not parts.hostname:
            raise ValueError("no host")
    except (KeyError, ValueError):
        raise ImproperlyConfigured(
            f"CMS_EMAIL_URL: not {'://HOST or '.join(DEFAULT_PORTS)}://HOST"
        ) from None
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": port,
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "smtp+tls",
            "use_ssl": parts.scheme == "smtps",
            "timeout": 10,  # seconds; a mail server that hangs must not hold a request for longer
        },
    }
