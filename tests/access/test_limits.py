"""Rate limits as clients meet them (N53)."""

from __future__ import annotations

import orjson
import pytest
from django.test import Client
from pytest_django import Settings

from cms.delivery.access.admission import forget_clients
from tests.access.conftest import make_token
from tests.delivery.conftest import Api
from tests.fixtures.portal import Portal
from tests.hot.conftest import Hot, hot

__all__ = ["hot"]


@pytest.fixture(autouse=True)
def _three_a_minute(settings: Settings) -> None:
    settings.CMS_ANONYMOUS_RATE_LIMIT = "3/minute"


def test_the_quota_is_told_and_then_refused(api: Api, db: None) -> None:
    first = api.get("changes")
    assert first.headers["RateLimit-Policy"] == '"anonymous";q=3;w=60'
    assert first.headers["RateLimit"] == '"anonymous";r=2;t=20'
    assert first.headers["RateLimit-Limit"] == "3"
    assert first.headers["RateLimit-Remaining"] == "2"
    assert first.headers["RateLimit-Reset"] == "20"
    api.get("pages")
    api.get("nothing-here-is-free-too")
    api.get("pages")
    refused = api.get("changes")
    assert refused.status_code == 429
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert refused.headers["Cache-Control"] == "no-store"
    assert refused.headers["RateLimit-Remaining"] == "0"
    assert 1 <= int(refused.headers["Retry-After"]) <= 20
    assert orjson.loads(refused.content)["type"] == "/api/v1/problems/too-many-requests"


def test_N53_nothing_that_a_client_chooses_gives_a_fresh_quota(client: Client, db: None) -> None:
    for _ in range(3):
        assert client.get("/api/v1/types").status_code == 200
    tries = [
        client.get("/api/v1/types", headers={"X-Forwarded-For": "203.0.113.9"}),
        client.get("/api/v1/types", headers={"Forwarded": "for=203.0.113.9"}),
        client.get("/api/v1/types", headers={"X-Real-IP": "203.0.113.9"}),
        client.get("/api/v1/types", headers={"X-Client-IP": "203.0.113.9"}),
        client.get("/api/v1/types", headers={"User-Agent": "other", "Cookie": "sessionid=x"}),
        client.get("/api/v1/types", headers={"Authorization": "Basic YTpi"}),
        client.get("/api/v1/types", headers={"Authorization": "Bearer htc_wrong"}),
        client.get("/api/v1/types?x=1"),
        client.get("/api/v1/pages"),
        client.head("/api/v1/types"),
        client.post("/api/v1/types", {"a": 1}),
        client.get("/api/v1/types", HTTP_HOST="localhost"),
        client.generic("GET", "/api/v1/types", b"fat"),
    ]
    assert [one.status_code for one in tries] == [429] * len(tries)
    other = client.get("/api/v1/types", REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 200


def test_N53_wrong_tokens_count_for_their_address(db: None) -> None:
    client = Client()
    statuses = [
        client.get("/api/v1/types", headers={"Authorization": f"Bearer htc_{n}"}).status_code
        for n in range(5)
    ]
    assert statuses == [401, 401, 401, 429, 429]


def test_a_token_has_a_quota_of_its_own(api: Api, db: None, settings: Settings) -> None:
    settings.CMS_TOKEN_RATE_LIMIT = "5/minute"
    _, holder = make_token()
    _, strict = make_token(rate_limit="1/hour")
    for _ in range(4):
        api.get("types")
    assert api.get("types").status_code == 429
    assert [holder.get("types").status_code for _ in range(6)] == [200] * 5 + [429]
    assert strict.get("types").headers["RateLimit-Policy"] == '"token";q=1;w=3600'
    assert strict.get("types").status_code == 429


def test_what_shared_caches_may_store_has_no_quota_in_it(
    api: Api, portal: Portal, settings: Settings
) -> None:
    settings.CMS_PUBLIC_CACHE_SECONDS = 60
    stored = api.get(f"pages/{portal.news.pk}")
    assert "s-maxage=60" in stored.headers["Cache-Control"]
    assert not [name for name in stored.headers if name.lower().startswith("ratelimit")]
    assert "RateLimit" in api.get("pages/987654").headers


def test_what_is_kept_in_memory_has_none_either_and_is_not_counted(
    hot: Hot, portal: Portal
) -> None:
    path = f"/api/v1/pages/{portal.news.pk}"
    answers = [hot.get(path, REMOTE_ADDR="198.51.100.7") for _ in range(10)]
    assert [one.is_hit for one in answers] == [False] + [True] * 9
    assert {one.status for one in answers} == {200}
    assert not [name for one in answers for name in one.headers if name.startswith("ratelimit")]
    cold = [hot.get("/api/v1/changes", REMOTE_ADDR="198.51.100.7").status for _ in range(3)]
    assert cold == [200, 200, 429]


def test_a_token_is_never_answered_from_memory(hot: Hot, portal: Portal) -> None:
    path = f"/api/v1/pages/{portal.texts.pk}"
    _, elsewhere = make_token(portal.news)
    assert hot.get(path).status == 200
    assert hot.get(path).is_hit
    sent = {"HTTP_AUTHORIZATION": f"Bearer {elsewhere.secret}"}
    assert hot.get(path, **sent).status == 404
    assert hot.get(path, HTTP_AUTHORIZATION="Bearer htc_wrong").status == 401
    assert hot.get(path).is_hit


def test_probes_are_never_refused(api: Api, db: None) -> None:
    for _ in range(10):
        assert api.get("/healthz").status_code == 200
        assert api.get("/readyz").status_code == 200


def test_logging_in_has_a_stricter_quota(client: Client, db: None, settings: Settings) -> None:
    settings.CMS_LOGIN_RATE_LIMIT = "2/minute"
    data = {"username": "a", "password": "b"}
    for _ in range(2):
        assert client.post("/admin/login/", data).status_code == 200
    refused = client.post("/admin/login/", data | {"username": "other"})
    assert refused.status_code == 429
    assert "Vui lòng chờ" in refused.content.decode()
    assert int(refused.headers["Retry-After"]) >= 1
    for path in (
        "/admin/password_reset/",
        "/_util/login/",
        "/_util/authenticate_with_password/1/2/",
    ):
        assert client.post(path, data).status_code == 429, path
    assert client.get("/admin/login/").status_code == 200
    forget_clients()
    assert client.post("/admin/login/", data).status_code == 200
