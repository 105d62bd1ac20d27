"""The folder of files that stands beside an import's or an export's lines."""

from __future__ import annotations

import hashlib
from pathlib import Path, PurePosixPath

from cms.pages.exposed import Json
from cms.pages.kinds import IntakeError
from cms.pages.kinds.text import check_text

__all__ = ["MediaFolder"]


class MediaFolder:
    """A folder of files beside the lines, which name them as ``{"file": "name.jpg"}``."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._digests: dict[str, str] = {}

    def path(self, name: Json) -> Path:
        """The file's path; raises IntakeError for one that isn't there or lies outside."""
        if not isinstance(name, str) or not check_text(name):
            raise IntakeError("the name of a file is expected", "file")
        path = (self._root / PurePosixPath(name)).resolve()
        if not path.is_relative_to(self._root) or not path.is_file():
            raise IntakeError(f"there is no file {name!r} in the media folder", "file")
        return path

    def digest(self, name: str) -> str:
        """The file's SHA-256 in hexadecimal, worked out once."""
        if name not in self._digests:
            with self.path(name).open("rb") as file:
                self._digests[name] = hashlib.file_digest(file, "sha256").hexdigest()
        return self._digests[name]

    def write(self, name: str, data: bytes) -> None:
        """Writes a file of an export."""
        path = self._root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
