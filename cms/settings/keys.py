"""The secret key of a development installation: made once, kept in the var folder."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

__all__ = ["load_or_create_key"]


def load_or_create_key(path: Path) -> str:
    """The key in ``path``, made first where there is none; only its owner may read the file.

    Several processes may start at the same moment: each writes its own key to a file beside
    ``path`` and links it into place, so that one wins whole and all read the same key. Raises
    OSError where the folder can't be written.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mode 0600
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        with contextlib.suppress(FileExistsError):
            os.link(name, path)
        Path(name).unlink()
    return path.read_text(encoding="ascii").strip()
