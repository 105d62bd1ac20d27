"""The schemas of XLIFF for the tests: those that a package of Debian's brings along.

They are not installed: the package is fetched and unpacked below the var folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

__all__ = ["find_xliff_schemas"]

_PACKAGE = "php-symfony-translation"
_INSIDE = "usr/share/php/Symfony/Component/Translation/Resources/schemas"


def find_xliff_schemas(var_dir: Path) -> Path | None:
    """The folder with ``xliff-core-1.2-strict.xsd``, ``xliff-core-2.0.xsd`` and ``xml.xsd``.

    None where they can't be had: there is no apt-get, or it finds no package.
    """
    target = var_dir / "cache" / "xliff"
    for root in (Path("/"), target):
        if (root / _INSIDE).is_dir():
            return root / _INSIDE
    apt_get, unpack = shutil.which("apt-get"), shutil.which("dpkg-deb")
    if not apt_get or not unpack:
        return None
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        package = _download(apt_get, Path(folder))
        if package is None:
            return None
        unpacked = Path(folder) / "unpacked"
        subprocess.run(  # noqa: S603 - the system's own program
            [unpack, "--extract", package, unpacked], check=True
        )
        # All of it or nothing: tests run side by side, and another may have been quicker.
        with suppress(OSError):
            unpacked.rename(target)
    found = target / _INSIDE
    return found if found.is_dir() else None


def _download(apt_get: str, folder: Path) -> Path | None:
    """Fetches the package; on a new machine, where the lists of packages are missing, these too."""
    commands = [[apt_get, "download", _PACKAGE]]
    if os.geteuid() == 0:
        commands += [[apt_get, "update"], [apt_get, "download", _PACKAGE]]
    for command in commands:
        subprocess.run(  # noqa: S603 - a fixed package of the system's own archive
            command,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        found = next(folder.glob("*.deb"), None)
        if found is not None:
            return found
    return None
