"""Secrets of webhooks: made, kept encrypted, and used to sign.

Signing needs the secret itself, so that it can't be stored as a hash. It is encrypted with a key
derived from Django's SECRET_KEY: a copy of the database alone signs nothing. After a change of
SECRET_KEY the old one in SECRET_KEY_FALLBACKS keeps the stored secrets readable.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _
from standardwebhooks import Webhook

__all__ = ["SecretError", "decrypt", "encrypt", "new_secret", "sign"]

PREFIX = "whsec_"
SECRET_BYTES = 32
"""Standard Webhooks asks for 24 to 64 random bytes."""


class SecretError(Exception):
    """A stored secret can't be read with this installation's keys."""


def new_secret() -> str:
    """``whsec_…``, as Standard Webhooks writes secrets."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def encrypt(secret: str) -> str:
    """The secret as it is stored."""
    return _box().encrypt(secret.encode()).decode()


def decrypt(stored: str) -> str:
    """The secret of a stored text; raises SecretError where no key of ours wrote it."""
    try:
        return _box().decrypt(stored.encode()).decode()
    except InvalidToken:
        raise SecretError(
            _(
                "The secret was encrypted with another SECRET_KEY. Put that one into "
                "SECRET_KEY_FALLBACKS, or give the webhook a new secret."
            )
        ) from None


def sign(keys: Iterable[str], message_id: str, at: datetime, body: str) -> str:
    """The ``webhook-signature`` header: ``v1,…`` for each secret, with spaces between."""
    return " ".join(Webhook(key).sign(message_id, at, body) for key in keys)


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derive(key)) for key in keys])


def _derive(key: str | bytes) -> bytes:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"cms.changes.webhooks")
    return base64.urlsafe_b64encode(derivation.derive(force_bytes(key)))
