"""Production refuses each unsafe setting, and is safe with those that it takes."""

from __future__ import annotations

import secrets
import string

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.settings.conftest import Load

GOOD = {"SECRET_KEY": secrets.token_urlsafe(64), "ALLOWED_HOSTS": "cms.example.vn"}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("DEBUG", "true"),
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "x" * 49),
        ("SECRET_KEY", "abcd" * 20),
        ("SECRET_KEY", "django-insecure-" + string.ascii_letters),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", " , "),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "cms.example.vn,*"),
        ("ALLOWED_HOSTS", "*.example.vn"),
        ("ALLOWED_HOSTS", ".example.vn"),
        ("WEB_WORKERS", "2"),
        ("DATABASE_URL", "mysql://user:hidden@host/name"),
        ("DATABASE_URL", "nonsense:hidden"),
        ("EMAIL_URL", "mailto:hidden@host"),
        ("WEB_THREADS", "many"),
        ("ELASTICSEARCH_URLS", "es.example.vn:9200"),
        ("ELASTICSEARCH_URLS", "https://es.example.vn"),
        ("ELASTICSEARCH_URLS", "https://user:hidden@es.example.vn:9200"),
        ("ELASTICSEARCH_PREFIX", "Cổng"),
    ],
)
def test_refuses_a_bad_setting_by_name(load_settings: Load, variable: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"CMS_{variable}") as refusal:
        load_settings("production", **GOOD | {variable: value})
    assert "hidden" not in str(refusal.value)
    if variable == "SECRET_KEY" and value:
        assert value not in str(refusal.value)


def test_development_and_test_keys_are_refused(load_settings: Load) -> None:
    key: str = load_settings("test").SECRET_KEY
    with pytest.raises(ImproperlyConfigured, match="CMS_SECRET_KEY"):
        load_settings("production", **GOOD | {"SECRET_KEY": key})


def test_a_key_for_elasticsearch_is_not_sent_in_the_clear(load_settings: Load) -> None:
    key = {"ELASTICSEARCH_API_KEY": "hidden"}
    urls = "https://es1.example.vn:9200,http://es2.example.vn:9200"
    with pytest.raises(ImproperlyConfigured, match="CMS_ELASTICSEARCH_URLS"):
        load_settings("production", **GOOD, **key, ELASTICSEARCH_URLS=urls)

    urls = urls.replace("http:", "https:")
    settings = load_settings("production", **GOOD, **key, ELASTICSEARCH_URLS=urls)
    assert len(settings.CMS_ELASTICSEARCH_URLS) == 2
    assert settings.CMS_ELASTICSEARCH_API_KEY == "hidden"


def test_accepts_several_processes_on_postgres(load_settings: Load) -> None:
    settings = load_settings(
        "production", **GOOD, WEB_WORKERS="4", DATABASE_URL="postgres://user:pw@db.example.vn/cms"
    )
    database = settings.DATABASES["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["OPTIONS"]["pool"]["max_size"] == 8
    assert database["CONN_MAX_AGE"] == 0  # Django refuses a pool with lasting connections


def test_is_safe(load_settings: Load) -> None:
    settings = load_settings("production", **GOOD)
    assert settings.DEBUG is False
    assert settings.SECURE_SSL_REDIRECT is True
    assert settings.SECURE_HSTS_SECONDS >= 31_536_000
    assert settings.SESSION_COOKIE_SECURE is True
    assert settings.CSRF_COOKIE_SECURE is True
    assert settings.WAGTAILADMIN_BASE_URL == "https://cms.example.vn"
    assert not hasattr(settings, "SECURE_PROXY_SSL_HEADER")


def test_trusts_a_proxy_only_when_told(load_settings: Load) -> None:
    told = {"BEHIND_PROXY": "true", "TRUSTED_PROXIES": "127.0.0.1, 10.0.0.0/8"}
    settings = load_settings("production", **GOOD, **told)
    assert settings.CMS_TRUSTED_PROXIES == ["127.0.0.1", "10.0.0.0/8"]
    assert settings.SECURE_PROXY_SSL_HEADER == ("HTTP_X_FORWARDED_PROTO", "https")


def test_behind_a_proxy_readers_need_addresses_of_their_own(load_settings: Load) -> None:
    with pytest.raises(ImproperlyConfigured, match="CMS_TRUSTED_PROXIES"):
        load_settings("production", **GOOD, BEHIND_PROXY="true")
    load_settings("production", **GOOD, BEHIND_PROXY="true", ANONYMOUS_RATE_LIMIT="off")
