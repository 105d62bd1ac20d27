"""Nothing that is not in an answer's key can change it, and nothing personal is kept."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fixtures.portal import Portal
from tests.hot.conftest import Hot, ask

PATH = "/api/v1/pages"
QUERY = "limit=5"
WORDS = st.sampled_from(
    ["evil.example", "https", "DELETE", "en", "en-US,en;q=0.9", "*/*", "text/html", "1", "::1"]
)
UNKEYED = st.dictionaries(
    st.sampled_from(
        [
            "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_FOR",
            "HTTP_X_HTTP_METHOD_OVERRIDE", "HTTP_X_METHOD_OVERRIDE", "HTTP_ACCEPT_LANGUAGE",
            "HTTP_ACCEPT", "HTTP_X_ORIGINAL_URL", "HTTP_X_REWRITE_URL", "HTTP_FORWARDED",
            "HTTP_USER_AGENT", "HTTP_REFERER", "HTTP_X_FORWARDED_PREFIX", "HTTP_ORIGIN",
            "HTTP_CACHE_CONTROL", "HTTP_PRAGMA", "HTTP_UPGRADE_INSECURE_REQUESTS",
        ]
    ),
    WORDS,
    max_size=6,
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(headers=UNKEYED)
def test_n20_unkeyed_inputs_cannot_change_what_is_kept(
    hot: Hot, portal: Portal, headers: dict[str, str]
) -> None:
    hot.path.store.clear()
    hot.get(PATH, QUERY, **headers)
    clean = hot.get(PATH, QUERY)
    fresh = ask(hot.path._application, PATH, QUERY)
    assert clean.status == fresh.status == 200
    assert clean.body == fresh.body
    own = {"cache-status", "content-length"}
    assert {k: v for k, v in clean.headers.items() if k not in own} == {
        k: v for k, v in fresh.headers.items() if k not in own
    }


@pytest.mark.parametrize(
    "personal",
    [
        {"HTTP_AUTHORIZATION": "Bearer x"},
        {"HTTP_COOKIE": "sessionid=x"},
        {"CONTENT_LENGTH": "7"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"HTTP_RANGE": "bytes=0-5"},
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "OPTIONS"},
    ],
    ids=lambda one: next(iter(one)),
)
def test_n20_a_personal_request_neither_fills_the_store_nor_reads_it(
    hot: Hot, portal: Portal, personal: dict[str, Any]
) -> None:
    hot.get(PATH, QUERY, **personal)
    assert len(hot.path.store) == 0
    hot.get(PATH, QUERY)
    assert not hot.get(PATH, QUERY, **personal).is_hit


def test_n20_a_parameter_that_is_given_twice_is_refused_and_not_kept(hot: Hot) -> None:
    for _ in range(2):
        answer = hot.get(PATH, "limit=5&limit=6")
        assert answer.status == 400
    assert len(hot.path.store) == 0


def test_n20_n45_hosts_are_kept_apart_and_foreign_ones_refused(hot: Hot, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "other.example"]
    hot.get(PATH, QUERY)
    assert not hot.get(PATH, QUERY, HTTP_HOST="other.example").is_hit
    assert hot.get(PATH, QUERY, HTTP_HOST="evil.example").status == 400


def test_origins_have_answers_of_their_own(hot: Hot, settings: Any) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://a.example"]
    of_this_site = type(hot.path)(hot.path._application, 1_000_000)
    of_this_site.following.start()
    hot.path.following.stop()
    ask(of_this_site, PATH, QUERY)
    allowed = ask(of_this_site, PATH, QUERY, HTTP_ORIGIN="https://a.example")
    foreign = ask(of_this_site, PATH, QUERY, HTTP_ORIGIN="https://b.example")
    of_this_site.following.stop()
    assert allowed.headers["access-control-allow-origin"] == "https://a.example"
    assert "access-control-allow-origin" not in foreign.headers


def test_long_queries_are_not_kept(hot: Hot) -> None:
    for _ in range(2):
        hot.get(PATH, f"sort={'a' * 5_000}")
    assert len(hot.path.store) == 0


def test_the_quota_of_the_first_reader_is_not_kept(hot: Hot, settings: Any) -> None:
    settings.CMS_ANONYMOUS_RATE_LIMIT = "5/minute"
    for number in range(8):
        answer = hot.get(PATH, QUERY)
        assert answer.status == 200
        assert answer.is_hit == (number > 0)
        assert not [name for name in answer.headers if name.startswith("ratelimit")]
