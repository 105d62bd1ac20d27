"""What is exchanged, whatever the format: sheets of units, out; the same as a file has them, in."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from wagtail_localize.models import String, Translation

from cms.translation.codes import (
    BrokenCodesError,
    MarkedContent,
    Tag,
    codes_of,
    number,
    parse_html,
)
from cms.translation.segments import Segment, load_segments

__all__ = ["Bundle", "Problem", "ReadFile", "ReadSheet", "ReadUnit", "Sheet", "Unit", "make_bundle"]

# What XML can't hold in any way; nobody typed it on purpose.
_ILLEGAL = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A segment as a file has it: codes numbered, what XML can't hold left out."""

    key: str
    segment: Segment
    codes: list[Tag]
    source: MarkedContent
    target: MarkedContent


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's translation."""

    translation: Translation
    units: list[Unit]

    @property
    def key(self) -> str:
        """Names it in files."""
        return str(self.translation.uuid)

    @property
    def title(self) -> str:
        """The title of the page that is translated."""
        return str(self.translation.source.object_repr)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything of one file: pages that are translated from one locale into another."""

    source_locale: str
    target_locale: str
    sheets: list[Sheet]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a file is refused, and the line where; 0 means the file as a whole."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """A unit that a file has. No target: nobody has translated it. ``draft``: not for use yet."""

    key: str
    line: int
    source: MarkedContent
    target: MarkedContent | None
    draft: bool = False


@dataclass(slots=True)
class ReadSheet:
    """A page that a file has."""

    key: str
    line: int
    units: list[ReadUnit] = field(default_factory=list)


@dataclass(slots=True)
class ReadFile:
    """What was read of a file, and what of it could not be."""

    format: str
    source_locale: str = ""
    target_locale: str = ""
    sheets: list[ReadSheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def make_bundle(
    translations: Collection[Translation],
    source_locale: str,
    target_locale: str,
    *,
    only_untranslated: bool = False,
) -> Bundle:
    """The segments of these translations, all between the two locales. Pages without are left out.

    Two queries for any number of pages.
    """
    segments = load_segments(translations)
    sheets = []
    for translation in translations:
        units = [
            make_unit(segment)
            for segment in segments[translation.pk]
            if not (only_untranslated and segment.wording)
        ]
        if units:
            sheets.append(Sheet(translation, units))
    return Bundle(source_locale, target_locale, sheets)


def make_unit(segment: Segment) -> Unit:
    """A segment as files have it."""
    source = parse_html(_legal(segment.source))
    codes = codes_of(source)
    try:
        target = number(parse_html(_legal(segment.wording)), codes)
    except BrokenCodesError:
        target = ()  # saved with an error: whoever gets the file begins anew
    return Unit(
        key=unit_key(segment),
        segment=segment,
        codes=codes,
        source=number(source, codes),
        target=target,
    )


def unit_key(segment: Segment) -> str:
    """Where the text stands and what it says: a text that has changed is another unit."""
    return f"{place_key(segment)}-{String._get_data_hash(segment.source).hex}"


def place_key(segment: Segment) -> str:
    """Where the text stands alone."""
    return f"c{segment.context_id}"


def is_key(text: str) -> bool:
    """Whether a file's sheet can be one of ours at all."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
