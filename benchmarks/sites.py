"""The measured sites: each its own database, process and settings, filled once, then served."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Literal

import psycopg
from psycopg import sql

from benchmarks.cores import on_server_core
from benchmarks.environments import interpreter
from benchmarks.errors import BenchmarkError
from benchmarks.serving import serve_application
from cms.settings.env import PROJECT_DIR
from scripts.postgres import PostgresError, run_server
from scripts.processes import HOST, start

__all__ = [
    "Kind",
    "Server",
    "Site",
    "database_server",
    "var_folder",
]

type Kind = Literal["ours", "plain", "grapple"]

_PACKAGES: Mapping[Kind, str] = {
    "ours": "cms",
    "plain": "benchmarks.plain_wagtail",
    "grapple": "benchmarks.grapple_wagtail",
}

SECRET_KEY = secrets.token_urlsafe(64)


def var_folder() -> Path:
    """Where sites and results are kept: ``bench`` in the var folder."""
    return Path(os.environ.get("CMS_VAR_DIR", "var")).absolute() / "bench"


@contextlib.contextmanager
def database_server(*, own_core: bool = True) -> Iterator[str]:
    """The address of the server that DATABASE asks for, started here; empty for SQLite.

    Its work is part of what an answer costs: it runs on the web server's core, if that has one of
    its own. Raises BenchmarkError for another word and where PostgreSQL can't be had.
    """
    database = os.environ.get("DATABASE") or "sqlite"
    if database not in ("sqlite", "postgres"):
        raise BenchmarkError(f"DATABASE={database}: sqlite or postgres")
    with contextlib.ExitStack() as stack:
        url = ""
        if database == "postgres":
            try:
                with on_server_core() if own_core else contextlib.nullcontext():
                    url = stack.enter_context(run_server(var_folder() / "postgres"))
            except PostgresError as error:
                raise BenchmarkError(str(error)) from error
        yield url


def _tables() -> str:
    """Changes with the migrations: a site that was filled before those can't be kept."""
    names = sorted(
        str(file.relative_to(PROJECT_DIR))
        for folder in ("cms", "search", "benchmarks")
        for file in (PROJECT_DIR / folder).rglob("migrations/0*.py")
    )
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


@dataclass(frozen=True)
class Site:
    """One site with so many plans. ``server_url`` is that of a PostgreSQL server, or empty.

    ``hot`` lets this project keep finished answers in memory. The site with grapple stands on the
    plain site's content, which must have been filled.
    """

    threads: ClassVar[int] = 1
    own_core: ClassVar[bool] = True
    """Whether its server has a core that is left to it."""

    kind: Kind
    pages: int
    base_dir: Path
    server_url: str = ""
    hot: bool = False

    @property
    def name(self) -> str:
        """``ours-1000``."""
        return f"{self.kind}-{self.pages}"

    @property
    def _content(self) -> str:
        return f"{'plain' if self.kind == 'grapple' else self.kind}-{self.pages}"

    @property
    def var_dir(self) -> Path:
        """Where its database or, beside PostgreSQL, its images and ids stand."""
        return self.base_dir / f"{self._content}-{'postgres' if self.server_url else 'sqlite'}"

    @property
    def wsgi(self) -> str:
        """The WSGI application, as the server names it."""
        return f"{_PACKAGES[self.kind]}.wsgi:application"

    @property
    def loader(self) -> str:
        """The module that fills it, given the count and the file for the ids."""
        return f"benchmarks.load_{self.kind}"

    @property
    def python(self) -> str:
        """The interpreter of its environment; raises BenchmarkError where there can be none."""
        python = interpreter("grapple") if self.kind == "grapple" else sys.executable
        if python is None:
            raise BenchmarkError(f"What {self.kind} needs can't be installed here")
        return python

    @property
    def environment(self) -> dict[str, str]:
        """What its processes find in the environment: production settings."""
        found = {k: v for k, v in os.environ.items() if not k.startswith(("CMS_", "PLAIN_"))}
        prefix = "CMS" if self.kind == "ours" else "PLAIN"
        found[f"{prefix}_VAR_DIR"] = str(self.var_dir)
        if self.server_url:
            found[f"{prefix}_DATABASE_URL"] = self.database_url
        if self.kind == "ours":
            found |= {
                "DJANGO_SETTINGS_MODULE": "cms.settings.production",
                "CMS_SECRET_KEY": SECRET_KEY,
                "CMS_ALLOWED_HOSTS": HOST,
                "CMS_BEHIND_PROXY": "true",  # requests say that they came over TLS
                "CMS_ANONYMOUS_RATE_LIMIT": "off",  # one client asks as fast as it can
                "CMS_LOG_LEVEL": "ERROR",
            } | ({} if self.hot else {"CMS_HOT_CACHE_BYTES": "0"})
        else:
            found["DJANGO_SETTINGS_MODULE"] = f"{_PACKAGES[self.kind]}.settings"
        return found

    @property
    def _database(self) -> str:
        return f"bench_{self._content.replace('-', '_')}"

    @property
    def database_url(self) -> str:
        """Its database's address, beside PostgreSQL."""
        return f"{self.server_url.rsplit('/', 1)[0]}/{self._database}"

    @cached_property
    def ids(self) -> dict[str, list[int]]:
        """``pages``: ids of the plans by their index; ``issuers``: of the organisations."""
        found: dict[str, list[int]] = json.loads(self.ids_file.read_bytes())
        return found

    @property
    def ids_file(self) -> Path:
        """Where these ids are kept."""
        return self.var_dir / "ids.json"

    @property
    def _edited(self) -> Path:
        return self.var_dir / "edited"

    @property
    def _filled_with(self) -> str:
        tables = self.var_dir / "tables"
        return tables.read_text(encoding="ascii") if tables.exists() else ""

    def mark_edited(self) -> None:
        """Notes that its content is no longer what it was filled with."""
        self._edited.touch()

    def fill(self, *, reuse: bool, even_edited: bool = False) -> float:
        """Makes the site anew, or keeps the one that stands on ``reuse``; returns seconds.

        One that was edited is only kept on ``even_edited``.
        """
        started = time.perf_counter()
        if (
            reuse
            and self.ids_file.exists()
            and self._filled_with == _tables()
            and (even_edited or not self._edited.exists())
        ):
            return 0.0
        (self.var_dir / "static").mkdir(parents=True, exist_ok=True)
        for leftover in [self.ids_file, self._edited, *self.var_dir.glob("db.sqlite3*")]:
            leftover.unlink(missing_ok=True)
        if self.server_url:
            self._recreate_database()
        self.run(self.loader, str(self.pages), str(self.ids_file))
        (self.var_dir / "tables").write_text(_tables(), encoding="ascii")
        return time.perf_counter() - started

    def _recreate_database(self) -> None:
        name = sql.Identifier(self._database)
        with psycopg.connect(self.server_url, dbname="postgres", autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
            server.execute(sql.SQL("CREATE DATABASE {}").format(name))

    def run(self, module: str, *arguments: str) -> None:
        """Runs a module with the site's settings; raises BenchmarkError where it fails."""
        child = start([sys.executable, "-m", module, *arguments], environment=self.environment)
        if child.wait() != 0:
            raise BenchmarkError(f"{module} failed for {self.name}")

    def ask(self, module: str, question: Any) -> Any:
        """Runs a module that reads JSON and prints JSON; raises BenchmarkError."""
        child = subprocess.run(  # noqa: S603 - a module of this package
            [self.python, "-m", module], env=self.environment, input=json.dumps(question),
            stdout=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        if child.returncode != 0:
            raise BenchmarkError(f"{module} failed for {self.name}")
        return json.loads(child.stdout)

    @contextlib.contextmanager
    def serve(self) -> Iterator[Server]:
        """The site behind granian with one worker, whose threads run Django."""
        with serve_application(
            self.name,
            self.wsgi,
            self.environment,
            self.python,
            threads=self.threads,
            own_core=self.own_core,
        ) as (port, pid):
            yield Server(self, port, pid)


@dataclass(frozen=True)
class Server:
    """A site that is being served."""

    site: Site
    port: int
    pid: int
