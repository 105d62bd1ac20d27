"""The set-up that `make run` does: refusals, the admin account, a second start."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from django.contrib.auth.models import User
from django.db import connection
from wagtail.models import Page

from cms.settings.env import PROJECT_DIR
from scripts import prepare
from scripts.processes import HOST, free_port


def environment_script(**variables: str) -> subprocess.CompletedProcess[str]:
    """Run the script that finds Python and makes the environment."""
    return subprocess.run(
        ["/bin/sh", "scripts/environment.sh", "base"],
        cwd=PROJECT_DIR, env=variables, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_without_a_fitting_python_it_says_what_to_do(tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    old.chmod(0o755)
    result = environment_script(PATH=str(tmp_path), HOME=str(tmp_path))
    assert result.returncode == 1
    assert "No Python 3.12 or 3.13 found" in result.stderr
    result = environment_script(PATH=str(tmp_path), HOME=str(tmp_path), PYTHON=str(old))
    assert result.returncode == 1
    assert f"PYTHON={old} is not Python 3.12 or 3.13" in result.stderr


@pytest.mark.parametrize("port", ["0", "65536", "web", "-1"])
def test_a_port_that_is_none_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "is not a port number" in run_script(monkeypatch, port)


def test_an_occupied_port_is_refused_before_anything_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    port = free_port()
    with socket.socket() as server:
        server.bind((HOST, port))
        server.listen()
        assert f"make run PORT={port + 1}" in run_script(monkeypatch, str(port))


def run_script(monkeypatch: pytest.MonkeyPatch, port: str) -> str:
    """Start `make run`'s script in a process of its own; what it complains about."""
    monkeypatch.setenv("PORT", port)
    result = subprocess.run(
        [sys.executable, "-m", "scripts.run"],
        cwd=PROJECT_DIR, env=os.environ.copy(), capture_output=True, text=True, check=False,
        timeout=60,
    )  # fmt: skip
    assert result.returncode != 0
    return result.stderr


@pytest.mark.django_db
def test_the_admin_account_is_made_once(tmp_path: Path) -> None:
    path = tmp_path / "admin-password"
    login = prepare.ensure_admin(path)
    name, password = login.split(" / ")
    assert len(password) >= 16
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert User.objects.get().check_password(password)
    assert prepare.ensure_admin(path) == login
    assert name == "admin"


@pytest.mark.django_db
def test_an_account_that_exists_keeps_its_password(tmp_path: Path) -> None:
    path = tmp_path / "admin-password"
    prepare.ensure_admin(path)
    user = User.objects.get()
    user.set_password("của riêng tôi")
    user.save()
    assert "the password that was chosen" in prepare.ensure_admin(path)
    assert path.read_text(encoding="ascii").strip() not in prepare.ensure_admin(path)
    user.refresh_from_db()
    assert user.check_password("của riêng tôi")


@pytest.mark.django_db
def test_a_migrated_database_is_left_alone() -> None:
    with mock.patch.object(prepare, "call_command") as command:
        prepare.migrate()
    command.assert_not_called()
    assert not connection.needs_rollback


@pytest.mark.django_db
def test_the_portal_is_loaded_into_an_empty_site_and_after_an_interruption(tmp_path: Path) -> None:
    mark = tmp_path / "run" / "portal-loading"
    with (
        mock.patch.object(prepare, "call_command", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        prepare.load_portal(mark)
    assert mark.exists()
    with mock.patch.object(prepare, "call_command") as command:
        prepare.load_portal(mark)
    command.assert_called_once_with("load_portal")
    assert not mark.exists()


@pytest.mark.django_db
def test_portal_without_translations_gets_them(tmp_path: Path) -> None:
    mark = tmp_path / "run" / "portal-loading"
    with (
        mock.patch.object(Page.objects, "exclude"),
        mock.patch("cms.portal.translating.lacks_translations", return_value=True),
        mock.patch.object(prepare, "call_command", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        prepare.load_portal(mark)
    assert not mark.exists()
    with (
        mock.patch.object(Page.objects, "exclude"),
        mock.patch("cms.portal.translating.lacks_translations", return_value=False),
        mock.patch.object(prepare, "call_command") as command,
    ):
        prepare.load_portal(mark)  # it was interrupted
        prepare.load_portal(mark)
    command.assert_called_once_with("load_portal", only_translations=True)
    assert list(mark.parent.iterdir()) == []
