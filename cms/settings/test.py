"""Settings of the test suite, for every database system: CMS_DATABASE_URL chooses it."""

import os

from cms.settings.base import *  # noqa: F403 - a settings module is its base and what differs
from cms.settings.base import (
    CMS_DISABLED_PLUGINS,
    CMS_PLUGINS,
    DATABASES,
    INSTALLED_APPS,
    MIDDLEWARE,
    VAR_DIR,
)
from cms.settings.databases import is_sqlite
from cms.settings.logs import build_logging

TEST_DIR = VAR_DIR / "test"
PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "main")
"""Parallel test processes share nothing: each has its own database, uploads and cache."""

SECRET_KEY = "insecure-test-key-" + "0123456789" * 5
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
WAGTAILADMIN_BASE_URL = "http://testserver"

CMS_GRAPHQL_INTROSPECTION = True  # as in development

# The plugin that uses every part of the contract: out of use, unless a test puts it into use, so
# that what is compared with files (OpenAPI, budgets) is the product alone.
SAMPLE_PLUGIN = "tests.sample_plugin.apps.CoursePlugin"
CMS_PLUGINS = [*CMS_PLUGINS, SAMPLE_PLUGIN]
INSTALLED_APPS = [SAMPLE_PLUGIN, *INSTALLED_APPS]
CMS_DISABLED_PLUGINS = [*CMS_DISABLED_PLUGINS, "course"]

# Every test asks from one address; those of the limits set them.
CMS_ANONYMOUS_RATE_LIMIT = CMS_PREVIEW_RATE_LIMIT = CMS_LOGIN_RATE_LIMIT = "off"
CMS_LIMITS_DIR = None  # tests run beside each other
CMS_TOKEN_RATE_LIMIT = "off"  # noqa: S105 - a rate, no secret

if is_sqlite(DATABASES["default"]):
    # A file, as in production: an in-memory database has no WAL and no second process.
    DATABASES["default"]["TEST"] = {"NAME": TEST_DIR / f"{PROCESS}.sqlite3"}
else:
    # Test databases are dropped and made anew, which a pool's connections would hinder.
    DATABASES["default"]["OPTIONS"].pop("pool")
    DATABASES["default"]["CONN_MAX_AGE"] = None

MEDIA_ROOT = TEST_DIR / PROCESS / "media"
SEARCH_DIR = TEST_DIR / PROCESS / "search"
SEARCH_BUILDS_INDEXES = False  # a test that wants one builds it; a thread sees no test's rows
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
LOGGING = build_logging("WARNING", json=False)
