"""References in lines, resolved to the objects of this database."""

from __future__ import annotations

import html
import re
from collections import OrderedDict

from django.conf import settings

from cms.pages.exposed import Json
from cms.pages.kinds import IntakeError
from cms.pages.transfer.addresses import Address, PageFinder, read_address
from cms.pages.transfer.media import MediaWriter
from cms.plugins.registry import registry

__all__ = ["PortalIntake"]

_LINK = re.compile(r'<a href="(/[^"]*)"[^>]*>')
_REMEMBERED = 4_096


class PortalIntake:
    """The :class:`cms.pages.kinds.Intake` of an import.

    References are what exports and REST give (a card, a whole shared record, an image with its
    presets) or what a person would write: a path, a natural key, the name of a file. One that
    leads nowhere is noted in ``unresolved`` and read as None while ``final`` is False, because
    what it names may stand further down; after that it raises IntakeError.
    """

    def __init__(self, finder: PageFinder, media: MediaWriter) -> None:
        self.finder = finder
        self.final = False
        self.unresolved: list[str] = []
        self.notices: list[str] = []
        """What a person should look at, though it is no error: links that lead nowhere."""
        self._media = media
        self._known: OrderedDict[tuple[str, ...], int] = OrderedDict()

    def begin(self, *, final: bool) -> None:
        """Forgets the last line's references; ``final`` when no line can come after it."""
        self.final = final
        self.unresolved = []
        self.notices = []

    def forget(self) -> None:
        """Looks everything up anew: something was removed."""
        self._known.clear()
        self.finder.forget_roots()

    def page_id(self, reference: Json) -> int | None:
        """The id of the page of ``{"locale", "path"}``, a card, or a path alone."""
        if reference is None:
            return None
        if isinstance(reference, dict):
            address = read_address(reference.get("path"), reference.get("locale"))
        else:
            address = read_address(reference)
        return self._found(self._find_page(address), f"no page stands at {address}")

    def snippet_id(self, type_name: str, reference: Json) -> int | None:
        """The id of a shared record by ``{"type", natural key}`` or its natural key alone."""
        if reference is None:
            return None
        model = registry.get(type_name).model
        key: str = model.natural_key_field  # type: ignore[attr-defined]  # every snippet has it
        value: Json = reference
        if isinstance(reference, dict):
            if reference.get("type", type_name) != type_name:
                raise IntakeError(f"a {type_name} is expected, not a {reference['type']}")
            value = reference.get(key)
        if not isinstance(value, str) or not value:
            raise IntakeError(f"a {type_name} is named by its {key}", key)
        found = self._remembered(type_name, value)
        if found is None:
            rows = model._default_manager.filter(**{key: value}).values_list("pk", flat=True)
            found = self._remember(rows.first(), type_name, value)
        return self._found(found, f"there is no {type_name} with the {key} {value!r}")

    def image_id(self, reference: Json) -> int | None:
        """The id of an image by ``{"sha256"}``, ``{"file"}``, its presets or its file's name."""
        return self._media_id("image", reference)

    def file_id(self, reference: Json) -> int | None:
        """The id of a file by ``{"sha256"}``, ``{"file"}`` or its name."""
        return self._media_id("file", reference)

    def rich_text(self, html: str) -> str:
        """Stored rich text: ``<a href="/gioi-thieu/">`` becomes a link to the page's id.

        A link to no page stays as it is, and is noted: it may lead to a file or an endpoint.
        """
        return _LINK.sub(self._link, html)

    def _link(self, match: re.Match[str]) -> str:
        target = html.unescape(match[1])
        try:
            address = read_address(target)
        except IntakeError:
            return match[0]
        page_id = self._find_page(address)
        if page_id is not None:
            return f'<a linktype="page" id="{page_id}">'
        if self.final:
            self.notices.append(f"the link {target} leads to no page")
        else:
            self.unresolved.append(f"the link {target} leads to no page")
        return match[0]

    def _find_page(self, address: Address) -> int | None:
        found = self._remembered("page", address.locale, address.path)
        if found is None:
            found = self._remember(
                self.finder.find_id(address), "page", address.locale, address.path
            )
        if found is None and address.locale != settings.LANGUAGE_CODE:
            # A page in the default locale whose slug looks like a locale's code.
            plain = Address(settings.LANGUAGE_CODE, address.path)
            return self.finder.find_id(plain)
        return found

    def _media_id(self, kind: str, reference: Json) -> int | None:
        if reference is None:
            return None
        found = self._media.find_id(kind, reference)
        return self._found(found, f"there is no {kind} {self._media.describe(reference)}")

    def _found(self, found: int | None, message: str) -> int | None:
        """The id; without one the reference is noted, or refused."""
        if found is None and self.final:
            raise IntakeError(message)
        if found is None:
            self.unresolved.append(message)
        return found

    def _remembered(self, *key: str) -> int | None:
        if key in self._known:
            self._known.move_to_end(key)
        return self._known.get(key)

    def _remember(self, found: int | None, *key: str) -> int | None:
        if found is not None:
            self._known[key] = found
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return found
