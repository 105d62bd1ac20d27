"""Development needs no variable at all and keeps what it makes in the var folder."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cms.settings.databases import build_database
from cms.settings.keys import load_or_create_key
from cms.settings.mail import build_mailer
from tests.settings.conftest import Load


def test_the_secret_key_is_made_once_and_is_its_owners(load_settings: Load, tmp_path: Path) -> None:
    key: str = load_settings("development").SECRET_KEY
    assert len(key) >= 50
    assert key == load_settings("development").SECRET_KEY
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_processes_that_start_together_read_one_key(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret-key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _number: load_or_create_key(path), range(32)))
    assert len(keys) == 1
    assert [file.name for file in path.parent.iterdir()] == ["secret-key"]


def test_answers_on_this_machine_only(load_settings: Load) -> None:
    assert load_settings("development").ALLOWED_HOSTS == ["127.0.0.1", "localhost", "[::1]"]


def test_the_admin_calls_no_other_machine(load_settings: Load) -> None:
    settings = load_settings("development")
    assert settings.WAGTAIL_ENABLE_UPDATE_CHECK is False
    assert settings.WAGTAIL_GRAVATAR_PROVIDER_URL is None
    assert "ninja" in settings.INSTALLED_APPS


def test_one_search_app_is_installed(load_settings: Load) -> None:
    installed = set(load_settings("development").INSTALLED_APPS)
    assert len(installed & {"wagtail.search", "modelsearch"}) == 1


def test_sqlite_takes_a_writer_and_readers_at_once(tmp_path: Path) -> None:
    database = build_database(None, var_dir=tmp_path, connections=1)
    assert database["NAME"] == str(tmp_path / "db.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert database["CONN_MAX_AGE"] is None


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.vn", 25, False, False),
        ("smtp+tls://u:p%40ss@mail.example.vn", 587, True, False),
        ("smtps://u:p@mail.example.vn:2465", 2465, False, True),
    ],
)
def test_mail_server_address(url: str, port: int, tls: bool, ssl: bool) -> None:
    options = build_mailer(url, fallback="")["OPTIONS"]
    assert (options["host"], options["port"]) == ("mail.example.vn", port)
    assert (options["use_tls"], options["use_ssl"]) == (tls, ssl)
    if tls:
        assert options["password"] == "p@ss"
