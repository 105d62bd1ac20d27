"""Bring an installation to the state in which it can be served; where it is, change nothing."""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.core.management import CommandError, call_command

__all__ = ["main", "prepare"]

ADMIN_NAME = "admin"


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold a lock file, so that two starts at the same moment prepare one after the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def migrate() -> None:
    """Run the migrations that are missing; without any, not even a transaction."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        print(f"Migrating the database ({missing} migrations)", flush=True)
        call_command("migrate", interactive=False, verbosity=0)


def load_portal(mark: Path) -> None:
    """Load the demo portal into a site that has no page yet, or where loading was interrupted.

    ``mark`` is a file that stands while it loads. A portal that is there is left alone: editors
    may have changed it. The demo portal of a version without translations gets them.
    """
    from wagtail.models import Page

    from cms.portal.translating import lacks_translations

    there = Page.objects.exclude(content_type__app_label="wagtailcore").exists()
    if mark.exists() or not there:
        print("Loading the demo portal", flush=True)
        with _standing(mark):
            call_command("load_portal")
        return
    mark = mark.with_name(f"{mark.name}-translations")
    if mark.exists() or lacks_translations():
        print("Loading the translations of the demo portal", flush=True)
        with _standing(mark):
            try:
                call_command("load_portal", only_translations=True)
            except CommandError as error:  # editors have made another portal of it
                print(f"Not all of them fit: {error}", flush=True)


@contextlib.contextmanager
def _standing(mark: Path) -> Iterator[None]:
    """Let a file stand until the work is done."""
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    yield
    mark.unlink()


def build_search_index() -> None:
    """Build this node's search index where there is none; one that is old is the worker's matter,
    since it goes on answering."""
    from search.engines import embedded_engine
    from search.indexing.rebuild import rebuild_index

    engine = embedded_engine()
    if engine.stamp() is None:
        print("Building the search index", flush=True)
        rebuild_index(engine)


def ensure_admin(path: Path) -> str:
    """The line that says how to log in, after making the account where there is none.

    The password is made once and kept in ``path``, which only its owner may read. An account that
    exists is never changed, whatever the file says.
    """
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from wagtail.users.models import UserProfile

    users = get_user_model()._default_manager
    user = users.filter(**{get_user_model().USERNAME_FIELD: ADMIN_NAME}).first()
    if user is None:
        if not path.exists():
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(15) + "\n")
        password = path.read_text(encoding="ascii").strip()
        user = users.create_superuser(ADMIN_NAME, "admin@localhost", password)
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = settings.LANGUAGE_CODE
        profile.save()
        return f"{ADMIN_NAME} / {password}"
    if path.exists():
        password = path.read_text(encoding="ascii").strip()
        if user.check_password(password):
            return f"{ADMIN_NAME} / {password}"
    return f"{ADMIN_NAME}, with the password that was chosen for it"


def prepare(var_dir: Path) -> str:
    """Migrate, load the portal, see to the admin account; returns the line with its login."""
    with only_one(var_dir / "run" / "prepare.lock"):
        migrate()
        load_portal(var_dir / "run" / "portal-loading")
        build_search_index()
        return ensure_admin(var_dir / "admin-password")


def main() -> int:
    """Prepare the installation that the environment describes and print the login."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    django.setup()
    from cms.settings.env import load_environment

    print(f"Login    {prepare(load_environment().var_dir)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
