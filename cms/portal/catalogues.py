"""The demo portal's translations, as they ship: a PO file for a page, named as its YAML file.

``en/01-gioi-thieu/90-lien-he.po`` is the English of ``vi/01-gioi-thieu/90-lien-he.yaml``. It is in
the form in which an office exchanges files, save that texts are found by what they say alone: ids
differ from one database to the next. An entry that is ``fuzzy`` and names a former source
(``#| msgid``) translates that one: the page was edited after it was translated.

``en/snippets.po`` is the English of the shared records in ``snippets.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polib
from django.conf import settings

from cms.pages.exposed import Json
from cms.portal.content import BadContentError, SourceLine

__all__ = ["Catalogue", "read_catalogues", "read_record_wordings"]

_RECORDS = "snippets*.po"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A page's translation."""

    source: str
    """The file, for messages."""
    locale: str
    line: Mapping[str, Json]
    """The page that it is the translation of."""
    wordings: dict[str, str]
    """What is translated, by the text at the time of translation."""
    former_line: Mapping[str, Json] | None
    """The page as it was when it was translated, where it was edited afterwards."""
    slug: str
    """Another address than the title makes, or nothing."""
    is_published: bool
    is_synced: bool
    """Whether segments were taken from the page again after it was edited."""


def read_catalogues(content: Path, lines: Iterable[SourceLine]) -> list[Catalogue]:
    """All translations of the pages among the content's lines, in their order.

    Raises BadContentError for a file that can't be read or belongs to no page.
    """
    default, codes = settings.LANGUAGE_CODE, _codes()
    records = set(_record_files(content))
    paths = {
        path.relative_to(content).as_posix(): path
        for code in codes
        for path in (content / code).rglob("*.po")
        if path not in records
    }
    if not paths:
        return []
    catalogues = []
    for one in lines:
        name = one.source.removeprefix(f"{default}/").removesuffix(".yaml")
        for code in codes:
            path = paths.pop(f"{code}/{name}.po", None)
            if path is not None:
                catalogues.append(_read(path, f"{code}/{name}.po", code, one.line))
    if paths:
        raise BadContentError(f"{min(paths)}: there is no page of that name in {default}/")
    return catalogues


def read_record_wordings(content: Path) -> dict[str, dict[str, str]]:
    """What shared records say in other languages: by locale, by the text in the portal's own.

    Raises BadContentError for a file that can't be read.
    """
    found: dict[str, dict[str, str]] = {}
    for path in _record_files(content):
        code = path.parent.name
        entries = _entries(_load(path, f"{code}/{path.name}"))
        found.setdefault(code, {}).update((entry.msgid, entry.msgstr) for entry in entries)
    return found


def _codes() -> list[str]:
    codes = dict(settings.WAGTAIL_CONTENT_LANGUAGES)
    return [code for code in codes if code != settings.LANGUAGE_CODE]


def _record_files(content: Path) -> list[Path]:
    return [path for code in _codes() for path in sorted((content / code).glob(_RECORDS))]


def _load(path: Path, source: str) -> Any:
    try:
        return polib.pofile(str(path), encoding="utf-8")
    except (OSError, ValueError) as error:
        raise BadContentError(f"{source}: {error}") from error


def _read(path: Path, source: str, locale: str, line: Mapping[str, Json]) -> Catalogue:
    file = _load(path, source)
    entries = list(_entries(file))
    former = {entry.msgid: entry.previous_msgid for entry in entries if entry.previous_msgid}
    return Catalogue(
        source=source,
        locale=locale,
        line=line,
        wordings={entry.previous_msgid or entry.msgid: entry.msgstr for entry in entries},
        former_line=_former(source, line, former) if former else None,
        slug=file.metadata.get("X-Slug", ""),
        is_published=file.metadata.get("X-Published", "yes") == "yes",
        is_synced=file.metadata.get("X-Synced", "yes") == "yes",
    )


def _entries(file: polib.POFile) -> Iterator[Any]:
    return (entry for entry in file if entry.msgstr and not entry.obsolete)


def _former(source: str, line: Mapping[str, Json], former: Mapping[str, str]) -> dict[str, Json]:
    found: set[str] = set()
    before = {key: _replaced(value, former, found) for key, value in line.items()}
    if lacking := sorted(former.keys() - found):
        raise BadContentError(f"{source}: the page does not say “{lacking[0]}”")
    return before


def _replaced(value: Json, former: Mapping[str, str], found: set[str]) -> Json:
    """The value with the former texts in place of the present ones."""
    if isinstance(value, dict):
        return {key: _replaced(item, former, found) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item, former, found) for item in value]
    if isinstance(value, str):
        if value in former:
            found.add(value)
            return former[value]
        for now, before in former.items():
            if f">{now}<" in value:
                found.add(now)
                value = value.replace(f">{now}<", f">{before}<")
    return value
