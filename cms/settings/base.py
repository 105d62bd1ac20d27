"""Settings that every installation shares; what differs comes from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django_stubs_ext

from cms.settings.databases import build_database
from cms.settings.env import PROJECT_DIR, load_environment
from cms.settings.mail import build_mailer
from cms.settings.wagtail import *  # noqa: F403 - every name in it is a setting

# Types name the parameters of Django's classes (`models.JSONField[Any, Any]`), which Django itself
# does not take at run time.
django_stubs_ext.monkeypatch()

environment = load_environment()
VAR_DIR = environment.var_dir

# --- The CMS's own settings ----------------------------------------------------------------------

CMS_PLUGINS: list[str] = list(environment.plugins)
CMS_DISABLED_PLUGINS: list[str] = list(environment.disabled_plugins)
CMS_FRONTEND_URL: str | None = (
    str(environment.frontend_url).rstrip("/") if environment.frontend_url else None
)
CMS_API_REQUIRES_TOKEN: bool = environment.api_requires_token
CMS_ANONYMOUS_RATE_LIMIT: str = environment.anonymous_rate_limit
CMS_TOKEN_RATE_LIMIT: str = environment.token_rate_limit
CMS_PREVIEW_RATE_LIMIT: str = environment.preview_rate_limit
CMS_LOGIN_RATE_LIMIT: str = environment.login_rate_limit
# Where the web processes of a machine count together; None: each counts for itself.
CMS_LIMITS_DIR: Path | None = VAR_DIR / "cache" / "limits"
CMS_TRUSTED_PROXIES: list[str] = list(environment.trusted_proxies)
CMS_PREVIEW_URL: str | None = environment.preview_url
CMS_PREVIEW_MINUTES: int = environment.preview_minutes
CMS_PUBLIC_CACHE_SECONDS: int = environment.public_cache_seconds
CMS_GRAPHQL_INTROSPECTION: bool = environment.graphql_introspection is True
CMS_GRAPHIQL: bool = environment.graphiql is True
CMS_GRAPHQL_MAX_COST: int = environment.graphql_max_cost
CMS_GRAPHQL_PERSISTED: int = environment.graphql_persisted
CMS_GRAPHQL_DOCUMENTS: Path | None = environment.graphql_documents
CMS_HOT_CACHE_BYTES: int = environment.hot_cache_bytes
CMS_WORKER_POLL_SECONDS: float = environment.worker_poll_seconds
# Where webhooks may be sent; no ports: any. Plain HTTP is for one's own machine alone.
CMS_WEBHOOK_NETWORKS: list[str] = list(environment.webhook_networks)
CMS_WEBHOOK_PORTS: list[int] = list(environment.webhook_ports)
CMS_WEBHOOK_HTTP: bool = False
CMS_WEBHOOK_LOG_DAYS: int = environment.webhook_log_days
CMS_PURGE: dict[str, dict[str, Any]] = dict(environment.purge)
CMS_SITEMAP_PAGES: int = 50_000  # of one file: what sitemaps.org allows
CMS_TRANSLATORS: dict[str, Any] = dict(environment.translators)
CMS_PLUGIN_SETTINGS: dict[str, dict[str, Any]] = dict(environment.plugin_settings)
CMS_IMAGE_PRESETS: dict[str, dict[str, Any]] = {
    name: preset.model_dump() for name, preset in environment.image_presets.items()
}

# --- Django --------------------------------------------------------------------------------------

DEBUG = False
ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # Plugins first: their templates win, and they register before the registry closes, which the
    # last of this project's apps does.
    *CMS_PLUGINS,
    "cms.portal",
    "cms.delivery",
    "cms.translation",
    "cms.editor",
    "search",
    "cms.changes",
    "cms.pages",
    "cms.plugins",
    "wagtail_localize",
    "wagtail_localize.locales",  # in place of wagtail.locales
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    # Never "modelsearch" beside it: checks pass, and every indexing task fails with a log line.
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "corsheaders",
    "django_filters",
    "ninja",  # so that the API's documentation page loads its scripts from here, not from a CDN
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",  # for search there; every command's checks ask for it
    "django.contrib.staticfiles",
]

# No LocaleMiddleware: a request's language is in its path or its parameters. Reading it from a
# header would make every answer vary by Accept-Language and spoil shared caches; the admin's
# language is each user's own setting.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.delivery.access.cors.CorsMiddleware",
    # Answers what only reads published content; all that follows is for the admin.
    "cms.delivery.middleware.DeliveryMiddleware",
    "cms.delivery.access.login.LoginLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": build_database(
        environment.database_url.get_secret_value() if environment.database_url else None,
        var_dir=VAR_DIR,
        connections=environment.database_connections,
    )
}

# Wagtail caches the sites' root paths here: a cache inside one process would leave the others with
# old ones, so the processes of one machine share a folder.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache" / "django",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}

# Wagtail's indexing, outside the transaction that changes the content.
TASKS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "cms.changes.tasks.AfterCommitBackend"},
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Wagtail's own advice, since one page form holds a field for every part of every block.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Language and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LOCALE_PATHS = [VAR_DIR / "locale"]  # written by scripts/compile_messages.py
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["cms.editor.formats"]  # Django's own for Vietnamese refuse 21/4/2020

# --- Files ---------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o644

# --- Search --------------------------------------------------------------------------------------

SEARCH_DIR = VAR_DIR / "search"  # this node's own index; never shared or copied between nodes
SEARCH_BUILDS_INDEXES = True  # whether the worker builds an index that is missing or doesn't fit
CMS_ELASTICSEARCH_URLS: tuple[str, ...] = environment.elasticsearch_urls
CMS_ELASTICSEARCH_API_KEY: str | None = (
    environment.elasticsearch_api_key.get_secret_value()
    if environment.elasticsearch_api_key
    else None
)
CMS_ELASTICSEARCH_CA_FILE: Path | None = environment.elasticsearch_ca_file
CMS_ELASTICSEARCH_PREFIX: str = environment.elasticsearch_prefix
CMS_ELASTICSEARCH_REPLICAS: int = environment.elasticsearch_replicas
CMS_SEARCH_TIMEOUT: float = environment.search_timeout

# --- Mail ----------------------------------------------------------------------------------------

MAILERS: dict[str, dict[str, Any]] = {
    "default": build_mailer(
        environment.email_url.get_secret_value() if environment.email_url else None,
        # The machine's own mail server, as Django has always had it.
        fallback="django.core.mail.backends.smtp.EmailBackend",
    )
}
DEFAULT_FROM_EMAIL = environment.email_from
SERVER_EMAIL = environment.email_from

# --- Security ------------------------------------------------------------------------------------

X_FRAME_OPTIONS = "DENY"  # Wagtail's own preview views allow frames of the same origin
SESSION_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = list(environment.csrf_trusted_origins)
CORS_ALLOW_ALL_ORIGINS = "*" in environment.cors_origins
CORS_ALLOWED_ORIGINS = [origin for origin in environment.cors_origins if origin != "*"]
CORS_URLS_REGEX = r"^/(?:api|graphql)/"
CORS_ALLOW_METHODS = ["GET", "HEAD", "OPTIONS", "POST"]
CORS_ALLOW_HEADERS = ["accept", "authorization", "content-type", "if-none-match"]
CORS_EXPOSE_HEADERS = [
    "ETag", "Cache-Tag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After",
]  # fmt: skip

# --- Translation ---------------------------------------------------------------------------------

# Without a translator there is no button, and nothing leaves the machine.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR: dict[str, Any] | None = (
    {"CLASS": "cms.translation.machine.pairs.PairTranslator"} if CMS_TRANSLATORS else None
)
