"""``manage.py startplugin``: what it makes passes its own tests, ruff and mypy at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

PROJECT = Path(__file__).parents[2]
NAME = "work_order"
ENTRY = "work_order.apps.WorkOrderPlugin"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which a plugin was made."""
    folder = tmp_path_factory.mktemp("plugins")
    out = StringIO()
    call_command(
        "startplugin", NAME, "--directory", str(folder), "--vietnamese", "Phiếu việc", stdout=out
    )
    assert f"Add to CMS_PLUGINS: {ENTRY}" in out.getvalue()
    return folder


def _environment(made: Path, var_dir: Path) -> dict[str, str]:
    """An installation of its own, on the embedded database, that lists the plugin."""
    own = ("CMS_", "PYTEST_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(own)}
    return {
        **inherited,
        "CMS_PLUGINS": ",".join([*settings.CMS_PLUGINS[:-1], ENTRY]),
        "CMS_VAR_DIR": str(var_dir),
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "PYTHONPATH": os.pathsep.join([str(PROJECT), str(made)]),
    }


def _run(environment: dict[str, str], *args: str) -> str:
    done = subprocess.run(  # noqa: S603 - this very Python, on files of this test
        [sys.executable, *args],
        env=environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    return output


def _copy_template(var_dir: Path) -> None:
    """Gives the other installation this one's migrated database, which it migrates further."""
    target = var_dir / "test"
    target.mkdir(parents=True)
    templates = list(settings.TEST_DIR.glob("template-*.sqlite3"))
    if connection.vendor == "sqlite" and templates:
        shutil.copyfile(templates[0], target / "main.sqlite3")


def test_it_has_the_agreed_files(made: Path) -> None:
    folder = made / NAME
    files = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert files - {name for name in files if "__pycache__" in name} == {
        "README.md",
        "__init__.py",
        "apps.py",
        "locale/vi/LC_MESSAGES/django.mo",
        "locale/vi/LC_MESSAGES/django.po",
        "migrations/0001_initial.py",
        "migrations/__init__.py",
        "models.py",
        "templates/work_order/work_order_page.html",
        "tests/__init__.py",
        "tests/test_contract.py",
    }
    assert not [p for p in folder.rglob("*.*") if p.suffix != ".mo" and "$" in _text(p)]
    catalogue = polib.pofile(str(folder / "locale/vi/LC_MESSAGES/django.po"))
    assert catalogue.find("Work order").msgstr == "Phiếu việc"
    assert catalogue.percent_translated() == 100


def _text(path: Path) -> str:
    return "" if path.suffix == ".pyc" else path.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_it_passes_its_own_tests(made: Path, tmp_path: Path) -> None:
    _copy_template(tmp_path)
    output = _run(
        _environment(made, tmp_path),
        *("-m", "pytest", str(made / NAME), "-q", "-c", str(PROJECT / "pyproject.toml")),
        *("--reuse-db", "-p", "tests.fixtures.isolation", "-o", f"cache_dir={tmp_path}/cache"),
    )
    assert " passed" in output
    assert "failed" not in output


def test_it_passes_the_checks_and_has_all_its_migrations(made: Path, tmp_path: Path) -> None:
    environment = _environment(made, tmp_path)
    tmp_path.joinpath("test").mkdir()
    assert "no issues" in _run(environment, "manage.py", "check")
    _run(environment, "manage.py", "makemigrations", "--check", "--dry-run", NAME)


def test_it_is_in_form(made: Path, tmp_path: Path) -> None:
    environment = _environment(made, tmp_path)
    config = ("--config", str(PROJECT / "pyproject.toml"), "--no-cache")
    rules = (*config, "--exclude", "migrations", str(made / NAME))  # Django writes these
    _run(environment, "-m", "ruff", "check", *rules)
    _run(environment, "-m", "ruff", "format", "--check", *rules)


def test_it_is_typed(made: Path, tmp_path: Path) -> None:
    cache = settings.VAR_DIR / "cache" / "mypy-startplugin"
    _run(
        _environment(made, tmp_path),
        *("-m", "mypy", "--config-file", str(PROJECT / "pyproject.toml")),
        *("--cache-dir", str(cache), str(made / NAME)),
    )


@pytest.mark.parametrize("name", ["events", "Event", "work-order", "1st", "sự_kiện", ""])
def test_a_bad_name_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="singular noun"):
        call_command("startplugin", name, "--directory", str(tmp_path))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["article", "page", "json"])
def test_a_taken_name_is_refused(name: str, tmp_path: Path) -> None:
    if name == "page":
        (tmp_path / "page").mkdir()
    with pytest.raises(CommandError, match=r"taken|there already"):
        call_command("startplugin", name, "--directory", str(tmp_path))
