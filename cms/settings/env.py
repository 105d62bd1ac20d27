"""Every environment variable that this project reads, typed and documented.

Nothing else in the project reads `os.environ` for its configuration. The settings modules turn an
`Environment` into Django settings; docs/operations/settings.md describes the same variables for
operators, and a test compares the two.
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Any, Literal

from django.core.exceptions import ImproperlyConfigured
from pydantic import (
    AnyHttpUrl,
    Field,
    SecretStr,
    ValidationError,
)
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from cms.settings.translators import LocalePair, Translator
from cms.settings.variable_types import (
    IMAGE_PRESETS,
    ImagePreset,
    IndexPrefix,
    Names,
    Networks,
    Numbers,
    PresetName,
    PreviewUrl,
    Rate,
    Urls,
)

__all__ = [
    "BUNDLED_PLUGINS",
    "PREFIX",
    "PROJECT_DIR",
    "Environment",
    "load_environment",
]

PREFIX = "CMS_"
"""Starts the name of every variable; a variable that starts with it and is unknown is refused."""

PROJECT_DIR = Path(__file__).resolve().parents[2]
"""The folder that holds manage.py."""

BUNDLED_PLUGINS = (
    "cms.plugins.section.apps.SectionPlugin",
    "cms.plugins.article.apps.ArticlePlugin",
    "cms.plugins.announcement.apps.AnnouncementPlugin",
    "cms.plugins.official_document.apps.OfficialDocumentPlugin",
    "cms.plugins.support.apps.SupportPlugin",
    "cms.plugins.resource.apps.ResourcePlugin",
    "cms.plugins.gallery.apps.GalleryPlugin",
)
"""The plugins that come with the project, in the order in which the admin offers them."""


class Environment(BaseSettings):
    """The configuration of one installation. Frozen: what was read at the start holds."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        use_attribute_docstrings=True,
        frozen=True,
        extra="forbid",
    )

    var_dir: Path = PROJECT_DIR / "var"
    """Folder for everything that running writes: database, uploads, caches, keys. A relative path
    starts at the project's folder."""

    database_url: SecretStr | None = None
    """Address of the database, `postgres://USER:PASSWORD@HOST:PORT/NAME` or `sqlite:////PATH`.
    Left out, an SQLite file in the var folder."""

    database_connections: int = Field(default=8, ge=1, le=100)
    """Most PostgreSQL connections that one process opens. SQLite has one per thread."""

    secret_key: SecretStr | None = None
    """Key that signs sessions and tokens: at least 50 characters, never shared or committed.
    Production needs it; development makes one of its own in the var folder."""

    debug: bool = False
    """Error pages with source code and templates read anew. Refused in production."""

    allowed_hosts: Names = ()
    """Host names that the server answers to. Production needs them, and refuses `*`; development
    answers to this machine's own names."""

    csrf_trusted_origins: Names = ()
    """Origins (`https://admin.example.vn`) whose forms are accepted besides the server's own."""

    base_url: AnyHttpUrl | None = None
    """Address of the admin itself, for links in its e-mails. Left out, `https://` and the first
    allowed host in production, `http://127.0.0.1:8000` in development."""

    frontend_url: AnyHttpUrl | None = None
    """Address of the site that readers see, for "view live" in the admin. Left out, the admin has
    no such links."""

    cors_origins: Names = ()
    """Origins whose scripts may read the API in a browser; `*` for all."""

    api_requires_token: bool = False
    """Whether the API answers to nobody without an access token."""

    anonymous_rate_limit: Rate = "600/minute"
    """How often one client address may ask the API, all web processes of this machine together:
    `600/minute`, `20/second`, `off`. Development has none unless it is set."""

    token_rate_limit: Rate = "6000/minute"  # noqa: S105 - a rate, no secret
    """The same for each access token that has no limit of its own."""

    preview_rate_limit: Rate = "120/minute"
    """The same for each client address that asks for previews."""

    login_rate_limit: Rate = "10/minute"
    """How often one client address may try to log in."""

    trusted_proxies: Networks = ()
    """Networks of the proxies in front, whose `X-Forwarded-For` is believed. Production behind a
    proxy needs them, since all readers would share one rate limit otherwise."""

    preview_url: PreviewUrl | None = None
    """Where the frontend shows drafts: an address with `{token}` in it. Left out, the built-in
    page shows them."""

    preview_minutes: int = Field(default=60, ge=1, le=60)
    """How long a preview token lives at most, in minutes."""

    plugins: Names = BUNDLED_PLUGINS
    """Plugins as dotted paths of their AppConfig classes. They own tables, so the list is
    explicit: to take one out of use, disable it instead."""

    disabled_plugins: Names = ()
    """Labels of plugins that are out of use: their tables and content stay, their types can't be
    created and are not delivered."""

    plugin_settings: dict[str, dict[str, Any]] = Field(default_factory=dict)
    """Settings of plugins, as JSON: label → what the plugin's `conf.py` declares."""

    image_presets: dict[PresetName, ImagePreset] = Field(default=IMAGE_PRESETS, min_length=1)
    """The sizes of images, as JSON: name → `{"widths": [320, 640], "ratio": 0.625}`. A client can't
    ask for others; without `ratio` (height for one unit of width) a picture keeps its own."""

    public_cache_seconds: int = Field(default=0, ge=0)
    """How long a shared cache may keep an answer (`s-maxage`), in seconds. More than 0 only where
    the cache is purged by `Cache-Tag`, since it would show withdrawn content for that long."""

    graphql_introspection: bool | None = None
    """Whether GraphQL describes itself to clients. Left out: in development alone."""

    graphiql: bool | None = None
    """Whether `/graphql/explorer` shows a page to try GraphQL out. Left out: in development
    alone."""

    graphql_max_cost: int = Field(default=10_000, ge=100)
    """Most that one GraphQL query may cost: its fields times the sizes of its lists."""

    graphql_persisted: int = Field(default=1_000, ge=0)
    """How many persisted GraphQL queries are kept, the last used; 0: clients can't register any."""

    graphql_documents: Path | None = None
    """JSON file of the only GraphQL documents that are executed, hash → text. Left out: any."""

    hot_cache_bytes: int = Field(default=268_435_456, ge=0)
    """Memory that each web process may fill with finished answers, in bytes; 0: none."""

    purge: dict[str, dict[str, Any]] = Field(default_factory=dict, repr=False)
    """Shared caches that are told of changes, as JSON: name → how (docs/operations/caches.md)."""

    worker_poll_seconds: float = Field(default=0.5, gt=0, le=60)
    """How often the worker looks for new changes when no notification arrives, in seconds."""

    webhook_networks: Networks = ()
    """Private networks that webhooks may be sent into (`10.1.2.0/24`), such as the one where the
    frontend is built. Everything that is not on the open internet is refused otherwise."""

    webhook_ports: Numbers = (443, 8443)
    """Ports that webhooks may be sent to."""

    webhook_log_days: int = Field(default=30, ge=1)
    """How many days the log of webhook messages goes back."""

    elasticsearch_urls: Urls = ()
    """Addresses of Elasticsearch servers of one cluster. Left out, the embedded engine searches
    alone."""

    elasticsearch_api_key: SecretStr | None = None
    """API key for Elasticsearch, as it is shown when it is made (Base64)."""

    elasticsearch_ca_file: Path | None = None
    """File with the certificates that sign those of the Elasticsearch servers. Left out, the
    authorities that browsers trust."""

    elasticsearch_prefix: IndexPrefix = "hoptac"
    """What the names of the indices begin with; every portal on a cluster has its own."""

    elasticsearch_replicas: int = Field(default=1, ge=0, le=5)
    """Copies of each index on other servers of the cluster."""

    search_timeout: float = Field(default=0.25, gt=0, le=10)
    """How long Elasticsearch may take for a search, in seconds, before the embedded engine answers
    instead."""

    translators: dict[LocalePair, Translator] = Field(default_factory=dict, repr=False)
    """Machine translators as JSON, pair of locales → provider (docs/operations/translation.md).
    Left out, no text is sent to any."""

    web_workers: int = Field(default=1, ge=1, le=64)
    """Web server processes. More than one needs PostgreSQL in production."""

    web_threads: int = Field(default=2, ge=1, le=64)
    """Threads of each web process that run Django."""

    behind_proxy: bool = False
    """Whether a proxy in front ends TLS and always sets `X-Forwarded-Proto`. Never on without
    such a proxy: a client could set the header itself."""

    hsts_seconds: int = Field(default=31_536_000, ge=1)
    """How long browsers remember to use HTTPS only, in seconds. Production."""

    email_url: SecretStr | None = None
    """Mail server, `smtp://USER:PASSWORD@HOST:PORT`, or `smtps://` for TLS from the first byte and
    `smtp+tls://` for STARTTLS. Left out, development prints mails and production
    asks the machine's own server, port 25."""

    email_from: str = "webmaster@localhost"
    """Sender of the mails that the server sends."""

    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"] = "INFO"
    """Least severe log entries that are written."""

    @classmethod
    def variables(cls) -> tuple[str, ...]:
        """The names of all variables, with their prefix, in the order of declaration."""
        return tuple(PREFIX + name.upper() for name in cls.model_fields)

    def model_post_init(self, _context: Any, /) -> None:
        """Resolve the var folder against the project's, so that it holds wherever one starts."""
        object.__setattr__(self, "var_dir", (PROJECT_DIR / self.var_dir.expanduser()).resolve())


def load_environment() -> Environment:
    """Read and check the variables of this process.

    Raises ImproperlyConfigured, naming each variable that is wrong and why, for a value of the
    wrong type and for an unknown name with the project's prefix (a typing error in
    CMS_ALLOWED_HOSTS must not silently leave its default). Values are not repeated in the message,
    since some are secrets.
    """
    known = Environment.variables()
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {close[0]}?" if close else f" Known: {', '.join(known)}."
            raise ImproperlyConfigured(f"{name} is not a setting of this project.{hint}")
    try:
        return Environment()
    except SettingsError as error:
        # Raised before validation, for JSON that can't be read; it names the field alone.
        name = next(n for n in Environment.model_fields if f'"{n}"' in str(error))
        raise ImproperlyConfigured(f"{PREFIX}{name.upper()}: not valid JSON ({error})") from None
    except ValidationError as error:
        raise ImproperlyConfigured(
            "; ".join(
                f"{PREFIX}{str(problem['loc'][0]).upper()}: {problem['msg']}"
                for problem in error.errors(include_url=False, include_input=False)
            )
        ) from None
