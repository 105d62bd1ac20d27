"""Programs that tests need besides Python: found on the machine, or installed from Debian."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

__all__ = ["find_chromium", "find_maven", "find_postgres", "install_missing", "is_ci"]


def is_ci() -> bool:
    """Whether this is continuous integration, where a missing service is a failure."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


def find_postgres() -> Path | None:
    """The folder of the newest PostgreSQL server's programs, or None.

    Debian keeps them off the path, one folder for each major version.
    """
    folders = [
        folder
        for folder in Path("/usr/lib/postgresql").glob("*/bin")
        if (folder / "initdb").exists() and folder.parent.name.isdecimal()
    ]
    if folders:
        return max(folders, key=lambda folder: int(folder.parent.name))
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def find_chromium() -> Path | None:
    """Chromium's program, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        program = shutil.which(name)
        if program:
            return Path(program)
    return None


def find_maven() -> Path | None:
    """Maven's program, which fetches Elasticsearch, or None."""
    program = shutil.which("mvn")
    return Path(program) if program else None


PACKAGES: dict[str, Callable[[], Path | None]] = {
    "postgresql": find_postgres,
    "chromium": find_chromium,
    "maven": find_maven,
}
"""Debian's packages, and what finds the program that each brings."""


def install_missing() -> list[str]:
    """Install the packages whose programs are missing; returns those that still are.

    Only as root on a machine with apt-get: elsewhere nothing is tried.
    """
    missing = [package for package, find in PACKAGES.items() if find() is None]
    apt_get = shutil.which("apt-get")
    if missing and apt_get and os.geteuid() == 0:
        print(f"Installing {' and '.join(missing)}", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = [apt_get, "install", "--yes", "--quiet", "--no-install-recommends", *missing]
        for command in ([apt_get, "update", "--quiet"], install):
            subprocess.run(  # noqa: S603 - fixed packages of the system's own archive
                command, env=environment, stdout=subprocess.DEVNULL, check=False
            )
    return [package for package in missing if PACKAGES[package]() is None]


def main() -> int:
    """Install what is missing; in continuous integration, fail where that does not work."""
    missing = install_missing()
    for package in missing:
        print(f"{package} is missing and can't be installed here: its tests are left out")
    return 1 if missing and is_ci() else 0


if __name__ == "__main__":
    sys.exit(main())
