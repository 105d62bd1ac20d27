"""Which interpreter a measured site runs with."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache

__all__ = ["interpreter"]

_SCRIPT = "scripts/environment.sh"


@cache
def interpreter(lock: str) -> str | None:
    """That of an environment with what ``requirements/<lock>.txt`` locks, made where it is missing.

    None where that can't be installed here; why has then been said on the error output.
    """
    done = subprocess.run(  # noqa: S603 - a script of this project
        ["/bin/sh", _SCRIPT, lock],
        env={**os.environ, "PYTHON": sys.executable}, stdout=subprocess.PIPE, text=True,
        check=False,
    )  # fmt: skip
    return done.stdout.strip() if done.returncode == 0 else None
