"""Signatures are those of Standard Webhooks."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime

from cms.changes.webhooks.secrets import new_secret, sign

# The vector of the specification's own reference libraries.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
MESSAGE = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = datetime.fromtimestamp(1614265330, tz=UTC)
BODY = '{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_t10_the_specifications_vector() -> None:
    assert sign([SECRET], MESSAGE, AT, BODY) == SIGNATURE


def test_t10_the_algorithm_written_out() -> None:
    secret = new_secret()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    assert len(key) == 32
    signed = f"{MESSAGE}.1614265330.Việt".encode()
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert sign([secret], MESSAGE, AT, "Việt") == f"v1,{expected}"


def test_t10_two_secrets_give_two_signatures() -> None:
    assert sign([SECRET, SECRET], MESSAGE, AT, BODY) == f"{SIGNATURE} {SIGNATURE}"


def test_a_fraction_of_a_second_changes_nothing() -> None:
    assert sign([SECRET], MESSAGE, AT.replace(microsecond=999_999), BODY) == SIGNATURE
