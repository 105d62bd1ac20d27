"""Loads the demo portal: what is missing, and on demand what no person has changed."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from wagtail.fields import StreamField
from wagtail.models import Locale

from cms.delivery.models import Menu
from cms.pages.build import Build
from cms.pages.exposed import Json
from cms.pages.kinds import BLOCK_KINDS, IntakeError
from cms.pages.transfer.addresses import read_address
from cms.pages.transfer.fields import adopt_ids
from cms.pages.transfer.folder import MediaFolder
from cms.pages.transfer.importer import Importer, import_file
from cms.pages.transfer.lines import dump_line
from cms.pages.transfer.media import MEDIA_TYPES
from cms.pages.transfer.outcome import Outcome, Tally
from cms.pages.transfer.pages import is_unfinished
from cms.plugins.registry import registry
from cms.portal.catalogues import read_catalogues, read_record_wordings
from cms.portal.content import (
    SourceLine,
    media_folder,
    read_facts_file,
    read_lines,
    read_menus_file,
)
from cms.portal.edited import was_edited
from cms.portal.menus import menu_items
from cms.portal.models import SiteFacts, SiteFactsTranslation
from cms.portal.translating import load_translations
from cms.portal.translating_records import load_record_texts

__all__ = ["Loaded", "PortalLoader"]

_FACT_COLUMNS = ("name", "short_name", "superior_body", "address", "fax", "email", "hours")
_NESTED = {
    "licence": ("number", "issuer", "issued_on"),
    "responsible": ("name", "title"),
}


@dataclass(slots=True)
class Loaded:
    """What a run did; ``kept`` names what a person has changed and a refresh left alone."""

    tally: Tally = field(default_factory=Tally)
    kept: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def changed(self) -> int:
        """How many things were made or brought up to date."""
        return self.tally[Outcome.CREATED] + self.tally[Outcome.UPDATED]


class PortalLoader:
    """Loads a folder of content. Without ``refresh`` only what is missing is made.

    ``only_translations`` leaves out all that is in the portal's own language.
    """

    def __init__(
        self, content: Path, *, refresh: bool = False, only_translations: bool = False
    ) -> None:
        self._content = content
        self._refresh = refresh
        self._only_translations = only_translations
        self._importer = Importer(MediaFolder(media_folder(content)))
        self._loaded = Loaded()

    def load(self, progress: Callable[[int], object] = lambda _bytes: None) -> Loaded:
        """Loads everything; raises BadContentError for a file that can't be read."""
        for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES:
            Locale.objects.get_or_create(language_code=code)
        catalogues = read_catalogues(self._content, self._lines)
        wordings = read_record_wordings(self._content)
        facts = read_facts_file(self._content)
        if not self._only_translations:
            self._import([one for one in self._lines if self._is_wanted(one)], progress)
            self._load_facts(facts)
        loaded = self._loaded
        load_record_texts(self._lines, wordings, loaded.tally)
        load_translations(catalogues, self._importer, loaded.tally, loaded.problems)
        self._translate_facts(facts)
        for menu in read_menus_file(self._content):
            if not self._only_translations or menu.get("locale") != settings.LANGUAGE_CODE:
                self._load_menu(menu)
        return self._loaded

    def size(self) -> int:
        """How many bytes of lines there are, for a progress bar."""
        return sum(len(dump_line(one.line)) for one in self._lines)

    @cached_property
    def _lines(self) -> list[SourceLine]:
        return read_lines(self._content)

    def _import(self, lines: list[SourceLine], progress: Callable[[int], object]) -> None:
        def report(number: int, reason: str) -> None:
            self._loaded.problems.append(f"{lines[number - 1].source}: {reason}")

        file = io.BytesIO(b"".join(dump_line(one.line) for one in lines))
        tally = import_file(file, self._importer, report=report, progress=progress)
        self._loaded.tally.update(tally)

    def _is_wanted(self, one: SourceLine) -> bool:
        """Whether the line may be written: it is missing, or it is to be refreshed."""
        present = self._find(one.line)
        if present is None:
            return True
        if not self._refresh:
            self._loaded.tally[Outcome.UNCHANGED] += 1
            return False
        return self._may_refresh(present, one.source)

    def _may_refresh(self, present: Any, source: str) -> bool:
        if was_edited(present):
            self._loaded.kept.append(source)
            self._loaded.tally[Outcome.UNCHANGED] += 1
            return False
        return True

    def _find(self, line: Mapping[str, Json]) -> Any | None:
        """What the line describes, where it is here already; a page that was begun is not."""
        name = str(line.get("type"))
        if name in MEDIA_TYPES:
            return self._importer.media.find(name, {"file": line.get("file")})
        content_type = registry.get(name)
        model: Any = content_type.model
        if not content_type.is_page:
            key = model.natural_key_field
            return model._default_manager.filter(**{key: line.get(key)}).first()
        address = read_address(line.get("path"), line.get("locale"))
        page = self._importer.intake.finder.find(address)
        return None if page is None or is_unfinished(page) else page

    def _load_facts(self, given: dict[str, Any]) -> None:
        facts = SiteFacts.objects.first()
        # Opening the form in the admin makes an empty row.
        if not given or (facts is not None and facts.name and not self._refresh):
            self._loaded.tally[Outcome.UNCHANGED] += bool(given)
            return
        if facts is not None and facts.name and not self._may_refresh(facts, "site.yaml"):
            return
        facts = facts or SiteFacts()
        before = _state(facts) if facts.pk else None
        try:
            self._write_facts(facts, given)
        except IntakeError as error:
            self._fail("site.yaml", error)
            return
        self._save(facts, before)

    def _translate_facts(self, given: dict[str, Any]) -> None:
        """Adds the languages that the facts lack, while they are those of the demo portal."""
        facts = SiteFacts.objects.filter(name=given.get("name") or "-").first()
        for code, texts in (given.get("translations") or {}).items() if facts else ():
            locale = Locale.objects.get(language_code=code)
            if facts.translations.filter(locale=locale).exists():
                self._loaded.tally[Outcome.UNCHANGED] += 1
                continue
            names = SiteFactsTranslation.texts
            words = {name: str(texts.get(name) or "") for name in names}
            facts.translations.add(SiteFactsTranslation(locale=locale, **words))
            facts.save()
            self._loaded.tally[Outcome.CREATED] += 1

    def _write_facts(self, facts: SiteFacts, given: dict[str, Any]) -> None:
        for name in _FACT_COLUMNS:
            setattr(facts, name, str(given.get(name) or ""))
        facts.phones = "\n".join(given.get("phones") or [])
        for group, names in _NESTED.items():
            for name in names:
                value = (given.get(group) or {}).get(name)
                setattr(facts, f"{group}_{name}", value or (None if name == "issued_on" else ""))
        self._importer.intake.begin(final=True)
        facts.logo_id = self._importer.intake.image_id(given.get("logo"))
        groups: list[Json] = [
            {"type": "group", "value": one} for one in given.get("link_groups") or []
        ]
        facts.link_groups = self._stream(facts, "link_groups", groups)

    def _load_menu(self, given: dict[str, Any]) -> None:
        handle, code = str(given.get("handle")), str(given.get("locale"))
        locale = Locale.objects.get(language_code=code)
        menu = Menu.objects.filter(handle=handle, locale=locale).first()
        if menu is not None and not self._refresh:
            self._loaded.tally[Outcome.UNCHANGED] += 1
            return
        if menu is not None and not self._may_refresh(menu, f"menus.yaml: {handle}"):
            return
        before = _state(menu) if menu else None
        menu = menu or Menu(handle=handle, locale=locale)
        menu.title = str(given.get("title") or handle)
        self._importer.intake.begin(final=True)
        try:
            menu.items = self._stream(menu, "items", menu_items(given.get("items") or []))
        except IntakeError as error:
            self._fail(f"menus.yaml: {handle}", error)
            return
        self._save(menu, before)

    def _stream(self, instance: Any, name: str, data: Json) -> Any:
        """The value of a StreamField, its references resolved; blocks keep their ids."""
        block = instance._meta.get_field(name).stream_block
        kind = BLOCK_KINDS.get(block)
        current = kind.export(block, getattr(instance, name), Build())
        return kind.write(block, adopt_ids(data, current), self._importer.intake)

    def _save(self, instance: Any, before: Any) -> None:
        """Saves what differs from its state before."""
        instance.full_clean()
        if before is not None and _state(instance) == before:
            self._loaded.tally[Outcome.UNCHANGED] += 1
            return
        with transaction.atomic():
            instance.save()
        self._loaded.tally[Outcome.CREATED if before is None else Outcome.UPDATED] += 1

    def _fail(self, source: str, error: IntakeError) -> None:
        self._loaded.problems.append(f"{source}: {error}")
        self._loaded.tally[Outcome.FAILED] += 1


def _state(instance: Any) -> dict[str, Any]:
    """The columns as they are stored; those of blocks as data, since a database may order keys."""
    return {
        column.name: getattr(instance, column.name).get_prep_value()
        if isinstance(column, StreamField)
        else column.value_to_string(instance)
        for column in instance._meta.concrete_fields
    }
