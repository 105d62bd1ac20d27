"""Compile the translations without gettext's tools, which a fresh machine does not have.

The catalogues of all apps become one per language under the var folder, which `LOCALE_PATHS` names:
nothing is written beside the sources. Django merges its apps' catalogues in the same way, so what
a message says does not change. `LOCALE_PATHS` comes before the catalogues of installed packages:
that is how those in cms/editor/overlay/ translate Django, Wagtail and what comes with them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import polib

__all__ = ["PACKAGES", "PROJECT_DIR", "compile_messages", "find_catalogues", "get_domain"]

PROJECT_DIR = Path(__file__).resolve().parents[1]
PACKAGES = ("cms", "search")


def find_catalogues(project: Path = PROJECT_DIR) -> list[Path]:
    """The `.po` files of the project's packages, in a stable order."""
    return sorted(
        path
        for package in PACKAGES
        for path in (project / package).glob("**/locale/*/LC_MESSAGES/*.po")
    )


def get_domain(catalogue: Path) -> str:
    """The domain of a catalogue: `django` of `django.po` and of `wagtail.images.django.po`."""
    return catalogue.stem.rpartition(".")[2]


def compile_messages(target: Path, *, project: Path = PROJECT_DIR) -> list[Path]:
    """Write `<language>/LC_MESSAGES/<domain>.mo` under ``target`` and return what was written.

    A file that is newer than all its sources is left alone. Where two catalogues translate one
    message, the first in path order holds (scripts/check_messages.py reports it). Raises OSError
    where the folder can't be written or a catalogue can't be parsed.
    """
    sources: dict[Path, list[Path]] = {}
    for path in find_catalogues(project):
        output = target / path.parent.parent.name / "LC_MESSAGES" / f"{get_domain(path)}.mo"
        sources.setdefault(output, []).append(path)
    written = []
    for output, paths in sources.items():
        if not _is_current(output, paths):
            _write(output, paths)
            written.append(output)
    return written


def _is_current(output: Path, sources: list[Path]) -> bool:
    # A folder's time changes when a catalogue in it is removed or replaced.
    newest = max(max(path.stat().st_mtime, path.parent.stat().st_mtime) for path in sources)
    return output.exists() and output.stat().st_mtime > newest


def _write(output: Path, sources: list[Path]) -> None:
    merged = polib.POFile()
    seen = set()
    for path in sources:
        catalogue = polib.pofile(str(path))
        merged.metadata = merged.metadata or dict(catalogue.metadata)
        for entry in catalogue.translated_entries():
            if (entry.msgctxt, entry.msgid) not in seen:
                seen.add((entry.msgctxt, entry.msgid))
                merged.append(entry)
    output.parent.mkdir(parents=True, exist_ok=True)
    # Test processes compile at the same moment: each replaces the whole file.
    partial = output.with_suffix(f".{os.getpid()}")
    merged.save_as_mofile(str(partial))
    partial.replace(output)


def main() -> int:
    """Compile into the var folder."""
    var_dir = PROJECT_DIR / os.environ.get("CMS_VAR_DIR", "var")
    for output in compile_messages(var_dir / "locale"):
        print(f"Compiled {output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
