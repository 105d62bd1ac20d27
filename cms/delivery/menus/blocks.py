"""The entries of a menu, three levels deep."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

__all__ = ["LEVELS", "MenuBlock"]

LEVELS = 3


def _entry(name: str, **fields: Any) -> tuple[str, blocks.Block]:
    """An entry of one type; ``items`` below it where there is a further level."""
    items = fields.pop("items")
    meta = fields.pop("meta")
    children: list[tuple[str, blocks.Block]] = [
        *fields.items(),
        ("visible_from", blocks.DateTimeBlock(label=_("Visible from"), required=False)),
        ("visible_to", blocks.DateTimeBlock(label=_("Visible until"), required=False)),
    ]
    if items is not None:
        children.append(("items", items))
    return name, blocks.StructBlock(children, **meta)


def _level(below: blocks.Block | None) -> list[tuple[str, blocks.Block]]:
    return [
        _entry(
            "page",
            page=blocks.PageChooserBlock(label=_("Page")),
            title=blocks.CharBlock(
                label=_("Title"), max_length=255, required=False,
                help_text=_("Left empty: the page's own title."),
            ),
            children=blocks.BooleanBlock(
                label=_("Add the pages below it"), required=False,
                help_text=_("All pages right below it, in their order, kept up to date."),
            ),
            items=below,
            meta={"label": _("Page"), "icon": "doc-empty"},
        ),
        _entry(
            "link",
            title=blocks.CharBlock(label=_("Title"), max_length=255),
            url=blocks.URLBlock(label=_("Address")),
            items=below,
            meta={"label": _("External link"), "icon": "link-external"},
        ),
        _entry(
            "group",
            title=blocks.CharBlock(label=_("Heading"), max_length=255),
            items=below,
            meta={"label": _("Group heading"), "icon": "folder-open-inverse"},
        ),
    ]  # fmt: skip


def _levels() -> list[tuple[str, blocks.Block]]:
    level = _level(None)
    for _deeper in range(LEVELS - 1):
        below = blocks.StreamBlock(level, label=_("Below it"), required=False)
        level = _level(below)
    return level


class MenuBlock(blocks.StreamBlock):
    """The entries of a menu."""

    def __init__(self, local_blocks: Any = (), **kwargs: Any) -> None:
        super().__init__([*_levels(), *local_blocks], **kwargs)

    class Meta:
        label = _("Entries")
        required = False
