"""Which origins' scripts may read, and by what caches tell answers apart."""

from __future__ import annotations

from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from tests.access.conftest import make_token

SITE = "https://portal.example.vn"
OTHER = "https://other.example.vn"


def ask(origin: str | None, secret: str = "", path: str = "/api/v1/types") -> HttpResponse:
    headers = {"Origin": origin} if origin else {}
    if secret:
        headers["Authorization"] = f"Bearer {secret}"
    response: HttpResponse = Client().get(path, headers=headers)  # type: ignore[assignment]
    assert "Access-Control-Allow-Credentials" not in response.headers
    return response


def preflight(origin: str) -> HttpResponse:
    response: HttpResponse = Client().options(  # type: ignore[assignment]
        "/api/v1/types",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization",
        },
    )
    return response


def allowed(response: HttpResponse) -> str | None:
    return response.headers.get("Access-Control-Allow-Origin")


def varies(response: HttpResponse) -> bool:
    return "origin" in response.headers.get("Vary", "").lower()


def test_without_origins_no_script_reads_and_nothing_varies(db: None) -> None:
    for origin in (None, SITE):
        response = ask(origin)
        assert allowed(response) is None
        assert not varies(response)
        assert "Accept-Encoding" in response.headers["Vary"]


def test_for_all_origins_the_answer_is_the_same_for_each(db: None, settings: Settings) -> None:
    settings.CORS_ALLOW_ALL_ORIGINS = True
    for origin in (None, SITE, OTHER):
        response = ask(origin)
        assert allowed(response) == "*"
        assert "ETag" in response.headers["Access-Control-Expose-Headers"]
        assert not varies(response)
    assert allowed(preflight(SITE)) == "*"


def test_origins_of_the_setting(db: None, settings: Settings) -> None:
    settings.CORS_ALLOWED_ORIGINS = [SITE]
    assert allowed(ask(SITE)) == SITE
    assert allowed(ask(OTHER)) is None
    assert allowed(ask(None)) is None
    assert all(varies(ask(origin)) for origin in (SITE, OTHER, None))


def test_a_tokens_origins_read_with_it_alone(db: None) -> None:
    _, holder = make_token(allowed_origins=f"{SITE}/\n")
    _, other = make_token(allowed_origins=OTHER)
    assert allowed(ask(SITE, holder.secret)) == SITE
    assert varies(ask(SITE, holder.secret))
    assert allowed(ask(SITE, other.secret)) is None
    assert allowed(ask(SITE)) is None
    assert allowed(ask("https://third.example.vn", holder.secret)) is None
    assert allowed(ask("null", holder.secret)) is None


def test_a_preflight_is_let_through_for_an_origin_of_some_token(db: None) -> None:
    token, _ = make_token(allowed_origins=SITE)
    response = preflight(SITE)
    assert allowed(response) == SITE
    assert "authorization" in response.headers["Access-Control-Allow-Headers"]
    assert allowed(preflight(OTHER)) is None
    token.revoked = True
    token.save()
    assert allowed(preflight(SITE)) is None


def test_the_sites_script_can_read_that_its_token_is_refused(db: None) -> None:
    make_token(allowed_origins=SITE)
    refused = ask(SITE, "htc_wrong")
    assert refused.status_code == 401
    assert allowed(refused) == SITE
    assert allowed(ask(OTHER, "htc_wrong")) is None


def test_the_admin_is_nobodys_elses(db: None) -> None:
    make_token(allowed_origins=SITE)
    assert allowed(ask(SITE, path="/admin/login/")) is None
