"""The schemas of XLIFF for the tests: those that a package of Debian's brings along.

They are not installed: the package is fetched and unpacked below the var folder.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

__all__ = ["find_xliff_schemas"]

_PACKAGE = "php-symfony-translation"
_INSIDE = "usr/share/php/Symfony/Component/Translation/Resources/schemas"


def find_xliff_schemas(var_dir: Path) -> Path | None:
    """The folder with ``xliff-core-1.2-strict.xsd``, ``xliff-core-2.0.xsd`` and ``xml.xsd``.

    None where they can't be had: there is no apt-get, or it finds no package.
    """
    for folder in (Path("/") / _INSIDE, var_dir / "cache" / "xliff" / _INSIDE):
        if (folder / "xliff-core-2.0.xsd").exists():
            return folder
    apt_get, unpack = shutil.which("apt-get"), shutil.which("dpkg-deb")
    if not apt_get or not unpack:
        return None
    target = var_dir / "cache" / "xliff"
    download = target / "download" / str(os.getpid())
    download.mkdir(parents=True, exist_ok=True)
    subprocess.run(  # noqa: S603 - a fixed package of the system's own archive
        [apt_get, "download", "--quiet", _PACKAGE],
        cwd=download,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    for package in download.glob("*.deb"):
        subprocess.run([unpack, "--extract", package, target], check=True)  # noqa: S603
    shutil.rmtree(download)
    folder = target / _INSIDE
    return folder if (folder / "xliff-core-2.0.xsd").exists() else None
