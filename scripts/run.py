"""`make run`: prepare the installation, then serve it with a web server and a worker.

Both end when this process is interrupted, when it dies, and when the other one ends.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from cms.settings.env import load_environment
from scripts.compile_messages import compile_messages
from scripts.processes import HOST, port_is_free, start, stop

__all__ = ["main", "serve"]

START_PATIENCE = 120  # seconds until the web server must answer


class Interrupted(Exception):
    """A signal asked this process to end."""


def _interrupt(number: int, _frame: FrameType | None) -> None:
    raise Interrupted(signal.Signals(number).name)


def _commands(port: int, *, workers: int, threads: int) -> dict[str, list[str]]:
    return {
        "web": [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws",
            "--host", HOST, "--port", str(port),
            "--workers", str(workers), "--blocking-threads", str(threads),
            "--log-level", "warning", "cms.wsgi:application",
        ],
        "worker": [sys.executable, "manage.py", "run_worker"],
    }  # fmt: skip


def _wait_until_listening(port: int, children: Mapping[str, subprocess.Popen[bytes]]) -> bool:
    deadline = time.monotonic() + START_PATIENCE
    while time.monotonic() < deadline:
        if any(child.poll() is not None for child in children.values()):
            return False
        if not port_is_free(port):
            return True
        time.sleep(0.1)
    return False


def serve(port: int, run_dir: Path, *, workers: int, threads: int) -> int:
    """Run web server and worker until one ends or a signal comes; returns the exit code."""
    children: dict[str, subprocess.Popen[bytes]] = {}
    pid_files: list[Path] = []
    try:
        for name, command in _commands(port, workers=workers, threads=threads).items():
            children[name] = start(command)
            pid_file = run_dir / f"{name}-{port}.pid"
            pid_file.write_text(f"{children[name].pid}\n", encoding="ascii")
            pid_files.append(pid_file)
        if _wait_until_listening(port, children):
            base = f"http://{HOST}:{port}"
            print(f"Admin    {base}/admin/\nAPI      {base}/api/v1/\nDocs     {base}/api/v1/docs")
            print("Ready. Ctrl-C ends web server and worker.", flush=True)
        while all(child.poll() is None for child in children.values()):
            time.sleep(0.2)
        for name, child in children.items():
            if child.poll() is not None:
                print(
                    f"The {name} ended with code {child.returncode}; ending the other", flush=True
                )
        return 1
    except Interrupted:
        print("\nEnding web server and worker", flush=True)
        return 0
    finally:
        # A second Ctrl-C must not leave half of it running.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        for child in children.values():
            stop(child)
        for pid_file in pid_files:
            pid_file.unlink(missing_ok=True)


def main() -> int:
    """Set up what is missing and serve on `PORT` (default 8000)."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    value = os.environ.get("PORT") or "8000"
    if not value.isdecimal() or not 0 < int(value) < 65536:
        print(f"PORT={value} is not a port number", file=sys.stderr)
        return 2
    port = int(value)
    if not port_is_free(port):
        print(
            f"Port {port} of {HOST} is in use. End what listens there, or choose another port: "
            f"make run PORT={port + 1}",
            file=sys.stderr,
        )
        return 1
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    os.environ.setdefault("CMS_BASE_URL", f"http://{HOST}:{port}")
    environment = load_environment()
    compile_messages(environment.var_dir / "locale")
    (environment.var_dir / "run").mkdir(parents=True, exist_ok=True)
    try:
        # A process of its own, so that this one stays small while it watches.
        preparation = start([sys.executable, "-m", "scripts.prepare"])
        try:
            failed = preparation.wait() != 0
        finally:
            stop(preparation)
    except Interrupted:
        return 130
    if failed:
        return 1
    return serve(
        port,
        environment.var_dir / "run",
        workers=environment.web_workers,
        threads=environment.web_threads,
    )


if __name__ == "__main__":
    sys.exit(main())
