"""The provisions of plans and official documents, from phần down to gạch đầu dòng.

Levels and numbering follow Nghị định 30/2020/NĐ-CP, Phụ lục I: phần and mục have Roman numbers,
điều and khoản Arabic ones, điểm letters of the Vietnamese alphabet. Inside a chương a mục is
numbered in Arabic. Each level may hold the levels below it, text, tables and tasks.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from cms.pages.blocks import samples
from cms.pages.blocks.base import KeepingStreamBlock, UnavailableBlock
from cms.pages.blocks.text import CitationBlock, ParagraphBlock, TableBlock

__all__ = ["PROVISIONS", "LegalBasisBlock", "ProvisionBlock", "TaskBlock"]


class TaskBlock(blocks.StructBlock):
    """A task of a plan: what, who, until when, with which output."""

    what = blocks.TextBlock(label=_("What is to be done"))
    who = blocks.CharBlock(label=_("In charge"), max_length=255)
    with_whom = blocks.CharBlock(label=_("Together with"), max_length=500, required=False)
    due_on = blocks.DateBlock(label=_("Due on"), required=False)
    due = blocks.CharBlock(
        label=_("Due, in words"),
        max_length=120,
        required=False,
        help_text=_("Where there is no single day: quarter II, every month."),
    )
    output = blocks.CharBlock(label=_("Output"), max_length=500, required=False)

    class Meta:
        label = pgettext_lazy("of a plan", "Task")
        icon = "clipboard-list"
        group = _("Provisions")
        description = _("A task of a plan: what, who, until when, with which output.")
        label_format = "{what} – {who}"
        preview_value = samples.TASK


class LegalBasisBlock(blocks.StructBlock):
    """One line of the legal basis: Căn cứ …"""

    text = blocks.TextBlock(label=_("Basis"))
    citation = CitationBlock(label=pgettext_lazy("official document", "Document"), required=False)

    class Meta:
        label = _("Legal basis")
        icon = "list-ul"
        group = _("Provisions")
        description = _("One line of what the document is based on.")
        label_format = "{text}"
        preview_value = samples.LEGAL_BASIS


class BulletBlock(blocks.StructBlock):
    """A dash point: gạch đầu dòng."""

    text = ParagraphBlock(label=_("Text"))

    class Meta:
        label = _("Dash point")
        icon = "minus"
        group = _("Provisions")
        description = _("A point with a dash before it, without a number.")
        label_format = "{text}"
        preview_value = samples.BULLET


class ProvisionBlock(blocks.StructBlock):
    """One numbered provision with what stands below it."""

    heading_child = "heading"

    number = blocks.CharBlock(
        label=_("Number"),
        max_length=20,
        required=False,
        help_text=_("Leave empty to number by place."),
    )
    heading = blocks.CharBlock(label=_("Heading"), max_length=500, required=False)
    text = ParagraphBlock(label=_("Text"), required=False)

    def __init__(self, local_blocks: Sequence[tuple[str, Any]] = (), **kwargs: Any) -> None:
        items = kwargs.pop("items", ())
        if items:
            below = KeepingStreamBlock(
                [*items, ("unavailable", UnavailableBlock())], required=False, label=_("Below it")
            )
            local_blocks = [*local_blocks, ("items", below)]
        super().__init__(local_blocks, **kwargs)
        # In the form alone: the order of the delivered keys stays as declared.
        others = [name for name in self.child_blocks if name != "number"]
        self.meta.form_layout = blocks.BlockGroup(others, settings=["number"])
        # The editor's style sheet shows the number by place as long as this can be seen.
        self.child_blocks["number"].field.widget.attrs["placeholder"] = _("by place")

    class Meta:
        group = _("Provisions")
        label_format = "{number} {heading} {text}"

    def get_description(self) -> str:
        """What the level is for; in place of ``Meta``, which all levels share."""
        return str(_DESCRIPTIONS.get(self.name, ""))

    def get_preview_value(self) -> Any:
        """The level's sample."""
        return self.normalize(samples.PROVISIONS.get(self.name, {}))


_DESCRIPTIONS: dict[str, Any] = {
    "part": _("The broadest division of a long document, with a Roman number."),
    "chapter": _("A division of a regulation above its articles, with a Roman number."),
    "section": _("A main section of a plan, with a Roman number; in a chapter, an Arabic one."),
    "subsection": _("A division of a section, with a number."),
    "article": _("An article, numbered on through the whole document."),
    "clause": _("A clause of an article or a section, with a number."),
    "point": _("A point of a clause, with a letter of the Vietnamese alphabet."),
}


def _level(label: Any, numbering: str, icon: str, items: list[tuple[str, Any]], **meta: Any) -> Any:
    return ProvisionBlock(items=items, label=label, numbering=numbering, icon=icon, **meta)


# One instance of each level serves every place that holds it: the editor's page carries the
# definition once, however deep the levels nest.
_LEAVES: list[tuple[str, Any]] = [
    ("paragraph", ParagraphBlock()),
    ("bullet", BulletBlock()),
    ("task", TaskBlock()),
    ("table", TableBlock()),
    ("citation", CitationBlock()),
]
_POINT = ("point", _level(_("Point"), "letter", "list-ul", _LEAVES))
_CLAUSE = ("clause", _level(_("Clause"), "arabic", "list-ol", [_POINT, *_LEAVES]))
_ARTICLE = (
    "article",
    _level(_("Article"), "arabic", "form", [_CLAUSE, _POINT, *_LEAVES], numbered_through=True),
)
_BELOW_SECTION = [_ARTICLE, _CLAUSE, _POINT, *_LEAVES]
_SUBSECTION = ("subsection", _level(_("Subsection"), "arabic", "list-ol", _BELOW_SECTION))
_SECTION_ITEMS = [_SUBSECTION, *_BELOW_SECTION]
_SECTION = ("section", _level(_("Section"), "roman", "list-ol", _SECTION_ITEMS))
_CHAPTER_SECTION = ("section", _level(_("Section"), "arabic", "list-ol", _SECTION_ITEMS))
_CHAPTER = ("chapter", _level(_("Chapter"), "roman", "folder", [_CHAPTER_SECTION, *_BELOW_SECTION]))
_PART = ("part", _level(_("Part"), "roman", "folder-open-1", [_CHAPTER, _SECTION, *_BELOW_SECTION]))

PROVISIONS: list[tuple[str, Any]] = [
    ("legal_basis", LegalBasisBlock()),
    _PART,
    _CHAPTER,
    _SECTION,
    _SUBSECTION,
    _ARTICLE,
    _CLAUSE,
    _POINT,
    ("bullet", _LEAVES[1][1]),
    ("task", _LEAVES[2][1]),
]
"""What a plan's or an official document's body has beside running text and media."""
