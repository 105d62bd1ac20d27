"""The stream block that every body is made with: it loses no block that it doesn't know."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter, StreamBlockValidationError

__all__ = ["KeepingStreamBlock", "UnavailableBlock"]

_UNAVAILABLE = "unavailable"


class UnavailableBlock(blocks.FieldBlock):
    """Stands for a stored block whose type is not installed; keeps its data as it is.

    Its value is ``{"original_type": name, "value": stored value}``. The editor shows it as text
    that can't be changed, and sends it back with the form.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.field = forms.CharField(
            required=False,
            widget=forms.Textarea(attrs={"readonly": True, "rows": 3}),
            help_text=_("The plugin of this block is missing or disabled. It is kept as it is."),
        )
        super().__init__(**kwargs)

    class Meta:
        label = _("Unavailable content")
        icon = "warning"
        form_classname = "unavailable-block"

    def get_default(self) -> dict[str, Any]:
        return {"original_type": "", "value": None}

    def value_for_form(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    def value_from_form(self, value: str) -> dict[str, Any]:
        try:
            kept = json.loads(value)
        except json.JSONDecodeError:
            return self.get_default()
        return kept if isinstance(kept, dict) else self.get_default()

    def clean(self, value: Any) -> Any:
        """Refuses what no stored block can have become: the form was tampered with."""
        if set(value) != {"original_type", "value"} or not isinstance(value["original_type"], str):
            raise ValidationError(_("This content can't be changed. Reload the page."))
        return value


class KeepingStreamBlock(blocks.StreamBlock):
    """A stream block that keeps stored blocks of unknown types through a load and a save.

    A plain stream block drops them when it is read, so that one save in the admin while a
    plugin is away would lose what editors wrote.
    """

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.startswith("["):
            value = json.loads(value)  # as the database holds it
        if isinstance(value, list):
            value = [self._wrap(child) for child in value]
        return super().to_python(value)

    def bulk_to_python(self, values: Any) -> Any:
        return super().bulk_to_python([[self._wrap(child) for child in value] for value in values])

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return prepared if prepared is None else [self._unwrap(child) for child in prepared]

    def clean(self, value: Any) -> Any:
        """Refuses a stand-in for a block that is known: it would get by that block's checks."""
        errors = {
            index: ValidationError(_("This content can't be changed. Reload the page."))
            for index, child in enumerate(value)
            if isinstance(child.block, UnavailableBlock)
            and child.value.get("original_type", "") in {"", *self.child_blocks}
        }
        if errors:
            raise StreamBlockValidationError(block_errors=errors)
        return super().clean(value)

    def _wrap(self, child: Any) -> Any:
        if not isinstance(child, dict) or child.get("type") in self.child_blocks:
            return child
        kept = {"original_type": child.get("type"), "value": child.get("value")}
        return {"type": _UNAVAILABLE, "id": child.get("id"), "value": kept}

    def _unwrap(self, child: Any) -> Any:
        if child["type"] != _UNAVAILABLE:
            return child
        kept = child["value"]
        return {**child, "type": kept["original_type"], "value": kept["value"]}


class KeepingStreamBlockAdapter(StreamBlockAdapter):
    """Offers no stand-ins and no blocks of disabled plugins to editors who add a block.

    They stay known to the page, where stored ones are shown. A limit of none (``max_num`` 0) would
    not do: Wagtail offers the block all the same, and marks each stored one as an error.
    """

    js_constructor = "cms.pages.KeepingStreamBlock"

    def js_args(self, block: Any) -> list[Any]:
        from cms.pages.kinds.streams import disabled_owner

        *args, meta = super().js_args(block)
        not_offered = [
            name
            for name, child in block.child_blocks.items()
            if isinstance(child, UnavailableBlock) or disabled_owner(child)
        ]
        return [*args, {**meta, "notOffered": not_offered}]

    @property
    def media(self) -> forms.Media:
        media: forms.Media = super().media + forms.Media(js=["pages/keeping-stream-block.js"])
        return media


register(KeepingStreamBlockAdapter(), KeepingStreamBlock)
