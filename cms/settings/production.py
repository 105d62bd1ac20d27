"""Settings of a public installation. They refuse to load where it would be unsafe."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *  # noqa: F403 - a settings module is its base and what differs
from cms.settings.base import DATABASES, environment
from cms.settings.databases import is_sqlite
from cms.settings.logs import build_logging

MIN_KEY_LENGTH = 50  # characters, as Django's own check security.W009 asks
MIN_KEY_VARIETY = 5  # different characters, from the same check
DEFAULT_KEY_MARKS = ("insecure", "change-me", "changeme", "secret-key")
"""What a key copied from a tutorial or a template contains."""

if environment.debug:
    raise ImproperlyConfigured("CMS_DEBUG must be off in production: error pages would show code")

if environment.secret_key is None:
    raise ImproperlyConfigured("CMS_SECRET_KEY is missing: production has no default key")
SECRET_KEY = environment.secret_key.get_secret_value()
if len(SECRET_KEY) < MIN_KEY_LENGTH or len(set(SECRET_KEY)) < MIN_KEY_VARIETY:
    raise ImproperlyConfigured(
        f"CMS_SECRET_KEY is too weak: at least {MIN_KEY_LENGTH} characters, not the same few"
    )
if any(mark in SECRET_KEY.lower() for mark in DEFAULT_KEY_MARKS):
    raise ImproperlyConfigured("CMS_SECRET_KEY is an example's key: make one of your own")

ALLOWED_HOSTS = list(environment.allowed_hosts)
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("CMS_ALLOWED_HOSTS is missing: name the hosts that may be asked for")
if any("*" in host or host.startswith(".") for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("CMS_ALLOWED_HOSTS: no wildcards, name each host")

if is_sqlite(DATABASES["default"]) and environment.web_workers > 1:
    raise ImproperlyConfigured(
        "CMS_WEB_WORKERS: more than one web process needs PostgreSQL (CMS_DATABASE_URL)"
    )

if (
    environment.behind_proxy
    and not environment.trusted_proxies
    and environment.anonymous_rate_limit != "off"
):
    raise ImproperlyConfigured(
        "CMS_TRUSTED_PROXIES is missing: behind a proxy every reader has the proxy's address, and "
        "all would share one rate limit. Name the proxy's network, or set "
        "CMS_ANONYMOUS_RATE_LIMIT=off"
    )

if environment.elasticsearch_api_key and any(
    url.startswith("http://") for url in environment.elasticsearch_urls
):
    raise ImproperlyConfigured(
        "CMS_ELASTICSEARCH_URLS: https only with CMS_ELASTICSEARCH_API_KEY, which would be sent in "
        "the clear"
    )

DEBUG = False
WAGTAILADMIN_BASE_URL = str(environment.base_url or f"https://{ALLOWED_HOSTS[0]}").rstrip("/")

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes come over plain HTTP from inside
SECURE_HSTS_SECONDS = environment.hsts_seconds
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if environment.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = build_logging(environment.log_level, json=True)
