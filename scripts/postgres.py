"""Run a command with a PostgreSQL server of its own: `python -m scripts.postgres COMMAND…`.

The server's data stands under the var folder and stays there, so that test databases are not
migrated anew each time; the server itself ends with the command. Speed is bought with safety
(fsync is off): it is for tests.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

from scripts.processes import HOST, free_port, locked, run_command, start, stop
from scripts.services import find_postgres, is_ci

__all__ = ["PostgresError", "run_server"]

USER = "cms"
START_PATIENCE = 60  # seconds
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "listen_addresses": HOST,
    "unix_socket_directories": "",  # a socket's path may be longer than the system allows
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",  # tests provoke errors on purpose
}


class PostgresError(RuntimeError):
    """There is no PostgreSQL here, or it does not start."""


def _server_user() -> str | None:
    """The user to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return name
    raise PostgresError("PostgreSQL does not run as root, and no other user is here")


def _data_dir(wanted: Path, user: str | None) -> Path:
    """``wanted``, made for the user; or a temporary folder where the user can't reach it."""
    wanted.mkdir(parents=True, exist_ok=True)
    if user is None:
        return wanted
    entry = pwd.getpwnam(user)
    os.chown(wanted, entry.pw_uid, entry.pw_gid)
    wanted.chmod(0o700)
    reached = subprocess.run(  # noqa: S603
        ["/bin/ls", str(wanted)], user=user, group=entry.pw_gid, extra_groups=[],
        capture_output=True, check=False,
    )  # fmt: skip
    if reached.returncode == 0:
        return wanted
    elsewhere = Path(tempfile.mkdtemp(prefix="cms-postgres-"))
    os.chown(elsewhere, entry.pw_uid, entry.pw_gid)
    return elsewhere


def _initialise(programs: Path, data: Path, user: str | None, password: str) -> None:
    handle, name = tempfile.mkstemp()
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(password)
        if user is not None:
            os.chown(name, pwd.getpwnam(user).pw_uid, -1)
        initdb = subprocess.run(  # noqa: S603
            [
                programs / "initdb", "--pgdata", data, "--username", USER, "--pwfile", name,
                "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
            ],
            user=user, group=None if user is None else pwd.getpwnam(user).pw_gid,
            extra_groups=None if user is None else [],
            cwd="/", capture_output=True, text=True, check=False,
        )  # fmt: skip
    finally:
        Path(name).unlink()
    if initdb.returncode != 0:
        raise PostgresError(f"initdb failed: {initdb.stderr.strip()}")


@contextlib.contextmanager
def run_server(base_dir: Path) -> Iterator[str]:
    """Start a server on a free port and give the address of its database; stop it at the end.

    ``base_dir`` is where data, password and pid file stand; a second run waits for the first.
    Raises PostgresError where PostgreSQL is missing or does not start.
    """
    programs = find_postgres()
    if programs is None:
        raise PostgresError("PostgreSQL's server is not installed (Debian: postgresql)")
    user = _server_user()
    with locked(base_dir / "lock"):
        data = _data_dir(base_dir / programs.parent.name, user)
        password_file = base_dir / f"{programs.parent.name}-password"
        if not (data / "PG_VERSION").exists() or not password_file.exists():
            for leftover in sorted(data.rglob("*"), reverse=True):
                leftover.rmdir() if leftover.is_dir() else leftover.unlink()
            password = secrets.token_urlsafe(24)
            _initialise(programs, data, user, password)
            password_file.touch(mode=0o600)
            password_file.write_text(password, encoding="ascii")
        port = free_port()
        address = f"{USER}:{password_file.read_text(encoding='ascii')}@{HOST}:{port}"
        server = start(
            [
                str(programs / "postgres"), "-D", str(data), "-p", str(port),
                *(f"--{name}={value}" for name, value in OPTIONS.items()),
            ],
            user=user,
            death_signal=signal.SIGINT,  # "fast shutdown" to PostgreSQL
        )  # fmt: skip
        pid_file = base_dir / "pid"
        pid_file.write_text(f"{server.pid}\n", encoding="ascii")
        try:
            _wait_until_ready(server, f"postgres://{address}/postgres")
            yield f"postgres://{address}/{USER}"
        finally:
            stop(server, sign=signal.SIGINT, patience=30)
            pid_file.unlink()
            if not data.is_relative_to(base_dir):
                shutil.rmtree(data)


def _wait_until_ready(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_PATIENCE
    while True:
        try:
            psycopg.connect(address, connect_timeout=5).close()
            return
        except psycopg.OperationalError as error:
            if server.poll() is not None:
                raise PostgresError(f"PostgreSQL ended with code {server.returncode}") from error
            if time.monotonic() > deadline:
                raise PostgresError(f"PostgreSQL does not answer: {error}") from error
            time.sleep(0.1)


def main() -> int:
    """Run the command line's command with CMS_DATABASE_URL set; returns its exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    var_dir = Path(os.environ.get("CMS_VAR_DIR", "var")).absolute()
    try:
        with run_server(var_dir / "test" / "postgres") as address:
            return run_command(sys.argv[1:], {"CMS_DATABASE_URL": address})
    except PostgresError as error:
        print(f"Left out: {' '.join(sys.argv[1:])}\n  {error}", file=sys.stderr)
        return 1 if is_ci() else 0
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
