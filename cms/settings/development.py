"""Settings for one's own machine: what `make run` and `manage.py` use."""

from cms.settings.base import *  # noqa: F403 - a settings module is its base and what differs
from cms.settings.base import CMS_WEBHOOK_NETWORKS, VAR_DIR, environment
from cms.settings.keys import load_or_create_key
from cms.settings.logs import build_logging
from cms.settings.mail import build_mailer

DEBUG = environment.debug
if "anonymous_rate_limit" not in environment.model_fields_set:
    CMS_ANONYMOUS_RATE_LIMIT = "off"  # one developer builds a whole site from one address
SECRET_KEY = (
    environment.secret_key.get_secret_value()
    if environment.secret_key
    else load_or_create_key(VAR_DIR / "secret-key")
)
ALLOWED_HOSTS = list(environment.allowed_hosts) or ["127.0.0.1", "localhost", "[::1]"]
CMS_GRAPHQL_INTROSPECTION = environment.graphql_introspection is not False
CMS_GRAPHIQL = environment.graphiql is not False
WAGTAILADMIN_BASE_URL = str(environment.base_url or "http://127.0.0.1:8000").rstrip("/")

# A frontend that runs beside this on the same machine can be told of changes.
CMS_WEBHOOK_HTTP = True
CMS_WEBHOOK_PORTS = []
CMS_WEBHOOK_NETWORKS = [*CMS_WEBHOOK_NETWORKS, "127.0.0.0/8", "::1/128"]

# Static files come straight from the apps, so there is nothing to collect before a start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

MAILERS = {
    "default": build_mailer(
        environment.email_url.get_secret_value() if environment.email_url else None,
        fallback="django.core.mail.backends.console.EmailBackend",
    )
}

LOGGING = build_logging(environment.log_level, json=False)
