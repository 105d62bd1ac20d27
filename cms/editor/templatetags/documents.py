"""Template tags that show delivered content as HTML.

Each block type has a template `blocks/<type>.html`, which a plugin may bring in its own templates
folder; a type without one is shown by `blocks/other.html`. It is given the delivered `value`, the
`type`, and the `level` (2 to 6) that a heading at its place has.
"""

from __future__ import annotations

import datetime
import itertools
from typing import Any

from django import template
from django.template.loader import select_template
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.editor.documents import Document, read_document
from cms.pages.build import Build
from cms.pages.kinds import BLOCK_KINDS
from cms.pages.models import ContentPage
from cms.vietnamese.dates import legal_date

__all__ = ["register"]

register = template.Library()

DEEPEST_HEADING = 6
LISTED = frozenset({"bullet", "legal_basis"})
"""Types of which several in a row are one list: `blocks/<type>.html` is given all their values."""

# Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục II.5; mục and khoản bear their bare number.
_NUMBERS = {
    "part": _("Part %(number)s."),
    "chapter": _("Chapter %(number)s."),
    "subsection": _("Subsection %(number)s."),
    "article": _("Article %(number)s."),
    "point": "%(number)s)",
}


@register.simple_tag(takes_context=True)
def document(context: template.Context, page: ContentPage) -> Document:
    """The page's content: as published, or as it stands in the editor for a preview.

    Its labels are in the page's language: a preview is asked for in the admin's.
    """
    is_preview = getattr(context.get("request"), "is_preview", False)
    with translation.override(page.locale.language_code):
        return read_document(page, stored=not is_preview)


@register.simple_tag
def blocks(stream: list[dict[str, Any]], level: int = 2) -> SafeString:
    """The HTML of delivered blocks; `level` is that of the headings that stand directly here.

    A heading that an editor put too deep is raised, so that no level is left out.
    """
    pieces: list[str] = []
    outer = level - 1
    for kind, run in itertools.groupby(stream or [], key=lambda block: block["type"]):
        if kind in LISTED:
            pieces.append(_render(kind, [block["value"] for block in run], level))
            continue
        for block in run:
            value, own = block.get("value", block), level
            if kind == "heading":
                own = outer = min(int(value["level"]) + level - 2, outer + 1, DEEPEST_HEADING)
            pieces.append(_render(kind, value, own))
    return format_html_join("\n", "{}", ((mark_safe(piece),) for piece in pieces))  # noqa: S308


@register.simple_tag
def sample(bound_block: Any) -> SafeString:
    """The HTML of a block with its sample value, for the editor's list of blocks."""
    block = bound_block.block
    value = BLOCK_KINDS.get(block).read(block, bound_block.value, Build())
    shown = blocks([{"type": block.name, "value": value}])
    nothing = gettext("Nothing to show yet: this needs an image or a file in the library.")
    return shown if shown.strip() else format_html('<p class="kind">{}</p>', nothing)


@register.filter
def numbered(number: str, kind: str) -> str:
    """A provision's number as documents print it: "I.", "1.", "a)", "Điều 3."."""
    if kind == "section" and number.isdecimal():  # below a chapter; elsewhere it is Roman
        return gettext("Section %(number)s.") % {"number": number}
    return str(_NUMBERS.get(kind, "%(number)s.")) % {"number": number}


@register.filter
def is_object(value: Any) -> bool:
    """Whether a delivered value is an object."""
    return isinstance(value, dict)


@register.filter
def is_list(value: Any) -> bool:
    """Whether a delivered value is an array."""
    return isinstance(value, list)


@register.filter
def pairs(value: dict[str, Any]) -> list[tuple[str, Any]]:
    """An object's keys and values; `.items` in a template would find a key of that name."""
    return list(value.items())


@register.filter
def deeper(level: int) -> int:
    """The level of a heading one step further down."""
    return min(level + 1, DEEPEST_HEADING)


@register.filter
def day(value: str) -> str:
    """An ISO date as a document prints it: "ngày 05 tháng 01 năm 2020"; empty for none."""
    return legal_date(datetime.date.fromisoformat(value)) if value else ""


def _render(kind: str, value: Any, level: int) -> str:
    found = select_template([f"blocks/{kind}.html", "blocks/other.html"])
    return str(found.render({"type": kind, "value": value, "level": level}))
