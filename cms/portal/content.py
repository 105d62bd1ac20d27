"""The demo portal's content, as it ships: YAML files in the shape of the API."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from cms.pages.exposed import Json

__all__ = ["CONTENT_FOLDER", "BadContentError", "SourceLine", "media_folder", "read_facts_file",
           "read_lines", "read_menus_file"]  # fmt: skip

CONTENT_FOLDER = Path(__file__).parent / "content"

# The safe one written in C is many times faster; some builds of PyYAML lack it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_RECORD_LISTS = {"organisations": "organisation", "topics": "topic", "people": "person"}
_PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp"})


class BadContentError(ValueError):
    """A file of the content can't be read; says which and why."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line as ``import_content`` takes it, and the file that it comes from."""

    source: str
    line: dict[str, Json]


def media_folder(content: Path) -> Path:
    """Where the images and files are that lines name."""
    return content / "media"


def read_lines(content: Path) -> list[SourceLine]:
    """Media, shared records, then pages, parents before what stands below them.

    Siblings come in the order of their files' names. Raises BadContentError.
    """
    return [*_media(content), *_records(content), *_in_order(_pages(content))]


def read_facts_file(content: Path) -> dict[str, Any]:
    """``site.yaml``; empty where there is none."""
    path = content / "site.yaml"
    if not path.exists():
        return {}
    facts = _read(path)
    if not isinstance(facts, dict):
        raise BadContentError(f"{path.name}: an object is expected")
    return facts


def read_menus_file(content: Path) -> list[dict[str, Any]]:
    """``menus.yaml``; empty where there is none."""
    path = content / "menus.yaml"
    return _list(path.name, _read(path)) if path.exists() else []


def _media(content: Path) -> Iterator[SourceLine]:
    for path in sorted(content.glob("media*.yaml")):
        for entry in _list(path.name, _read(path)):
            picture = Path(str(entry.get("file", ""))).suffix.lower() in _PICTURES
            line = {"type": "image" if picture else "file", **entry}
            yield SourceLine(f"{path.name}: {entry.get('file')}", line)


def _records(content: Path) -> Iterator[SourceLine]:
    """All files' organisations, then all topics, then all people."""
    files = {path: _read(path) or {} for path in sorted(content.glob("snippets*.yaml"))}
    for name, type_name in _RECORD_LISTS.items():
        for path, lists in files.items():
            for entry in _list(path.name, lists.get(name, [])):
                key = entry.get("code") or entry.get("slug")
                yield SourceLine(f"{path.name}: {type_name} {key}", {"type": type_name, **entry})


def _pages(content: Path) -> Iterator[SourceLine]:
    folders = sorted(path for path in content.iterdir() if path.is_dir())
    for folder in folders:
        if folder != media_folder(content):
            for path in sorted(folder.rglob("*.yaml")):
                line = _read(path)
                if not isinstance(line, dict):
                    raise BadContentError(f"{path.name}: an object is expected")
                yield SourceLine(str(path.relative_to(content)), line)


def _in_order(pages: Iterator[SourceLine]) -> list[SourceLine]:
    """Puts each page right behind its parent and its elder siblings' branches."""
    below: dict[str, list[SourceLine]] = {}
    paths = set()
    for page in pages:
        path = str(page.line.get("path", ""))
        paths.add(path)
        below.setdefault(_parent(path), []).append(page)
    ordered: list[SourceLine] = []

    def take(path: str) -> None:
        for page in below.pop(path, []):
            ordered.append(page)
            take(str(page.line.get("path", "")))

    take("")
    for path in sorted(below):  # a parent is missing: the import will say so
        take(path)
    return ordered


def _parent(path: str) -> str:
    stripped = path.rstrip("/")
    return stripped.rpartition("/")[0] + "/" if stripped else ""


def _list(name: str, entries: Any) -> list[dict[str, Any]]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadContentError(f"{name}: a list of objects is expected")
    return entries


def _read(path: Path) -> Any:
    try:
        return _plain(yaml.load(path.read_text(encoding="utf-8"), _LOADER))  # noqa: S506 - it is safe
    except yaml.YAMLError as error:
        raise BadContentError(f"{path.name}: {error}") from error


def _plain(value: Any) -> Any:
    """The value as JSON has it: YAML reads an unquoted date as one."""
    if isinstance(value, datetime.datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
        return moment.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
