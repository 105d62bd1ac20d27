"""Access tokens: who is let in, and what a secret leaves behind (N31)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
import pytest
import time_machine
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from cms.delivery.access.tokens import digest_of, new_secret
from cms.delivery.models import ApiToken
from tests.access.conftest import Holder, make_token
from tests.delivery.conftest import Api
from tests.fixtures.portal import Portal

NOW = timezone.now()


def test_a_token_reads_what_is_published_and_nothing_is_stored(portal: Portal) -> None:
    _, holder = make_token()
    answer = holder.get(f"pages/{portal.news.pk}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Cache-Tag" not in answer.headers
    assert answer.content == Api().get(f"pages/{portal.news.pk}").content
    known = holder.get(f"pages/{portal.news.pk}", headers={"If-None-Match": answer.headers["ETag"]})
    assert known.status_code == 304


def test_N20_another_scheme_is_nobody_and_still_not_stored(
    portal: Portal, settings: Settings
) -> None:
    settings.CMS_PUBLIC_CACHE_SECONDS = 60
    answer = Api().get(f"pages/{portal.news.pk}", headers={"Authorization": "Basic YTpi"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


def revoke(token: ApiToken) -> None:
    token.revoked = True
    token.save()


def expire(token: ApiToken) -> None:
    token.expires_at = timezone.now() - timedelta(seconds=1)
    token.save()


def delete(token: ApiToken) -> None:
    token.delete()


def keep(token: ApiToken) -> None:
    pass


@pytest.mark.parametrize(
    ("end", "spell"),
    [
        (revoke, "{}"),
        (expire, "{}"),
        (delete, "{}"),
        (keep, "{}x"),
        (keep, ""),
        (keep, "htc_"),
        (keep, "nonsense"),
        (keep, "ěščř"),
        (keep, "a" * 5000),
        (keep, "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0."),
    ],
)
def test_N31_every_token_that_is_not_valid_gets_the_same_answer(
    portal: Portal, end: Any, spell: str
) -> None:
    wrong = Holder(new_secret()[0]).get("pages")
    assert wrong.status_code == 401
    assert wrong.headers["WWW-Authenticate"] == "Bearer"
    assert orjson.loads(wrong.content)["type"] == "/api/v1/problems/invalid-token"
    token, holder = make_token()
    assert holder.get("pages").status_code == 200
    end(token)
    for path in ("pages", f"pages/{portal.news.pk}", "pages/987654", "changes", "types", "site"):
        answer = Holder(spell.format(holder.secret)).get(path)
        assert (answer.status_code, answer.content) == (401, wrong.content), path
        assert dict(answer.headers) == dict(wrong.headers), path


def test_the_same_spellings_of_a_wrong_one_ask_the_database_alike(db: None) -> None:
    """A secret is looked up by its digest: how much of it is right makes no difference."""
    _, holder = make_token()
    counts = set()
    for secret in (holder.secret[:-1] + "!", new_secret()[0]):
        with CaptureQueriesContext(connection) as queries:
            Holder(secret).get("types")
        counts.add(len(queries))
    assert counts == {1}


def test_N13_the_secret_is_kept_as_a_digest_alone(db: None) -> None:
    token, holder = make_token()
    assert len(holder.secret) >= len("htc_") + 43
    everything = serializers.serialize("json", ApiToken.objects.all())
    assert holder.secret not in everything
    assert holder.secret[len(token.prefix) :] not in everything
    assert token.digest == digest_of(holder.secret)


def test_use_is_noted_once_a_minute(db: None) -> None:
    token, holder = make_token()
    with time_machine.travel(NOW, tick=False) as clock:
        holder.get("types")
        token.refresh_from_db()
        assert token.last_used_at == timezone.now()
        clock.shift(59)
        with CaptureQueriesContext(connection) as queries:
            holder.get("types")
        assert not [one for one in queries if one["sql"].startswith("UPDATE")]
        clock.shift(2)
        holder.get("types")
        token.refresh_from_db()
        assert token.last_used_at == timezone.now()


def test_where_tokens_are_required_nobody_reads_without(portal: Portal, settings: Settings) -> None:
    settings.CMS_API_REQUIRES_TOKEN = True
    anonymous = Api()
    for path in ("pages", f"pages/{portal.news.pk}", "types", "changes", "site", "openapi.json"):
        assert anonymous.problem(path, 401)["type"] == "/api/v1/problems/invalid-token"
    assert anonymous.get("/healthz").status_code == 200
    assert anonymous.get("problems/invalid-token").status_code == 200
    assert make_token()[1].get("pages").status_code == 200
