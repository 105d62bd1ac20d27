"""The stream block that every body is made with: it loses no block that it doesn't know."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

__all__ = ["KeepingStreamBlock", "UnavailableBlock"]

_UNAVAILABLE = "unavailable"


class UnavailableBlock(blocks.Block):
    """Stands for a stored block whose type is not installed; keeps its data as it is.

    Its value is ``{"original_type": name, "value": stored value}``.
    """

    class Meta:
        label = _("Unavailable content")
        icon = "warning"
        form_classname = "unavailable-block"

    def get_default(self) -> dict[str, Any]:
        return {"original_type": "", "value": None}


class KeepingStreamBlock(blocks.StreamBlock):
    """A stream block that keeps stored blocks of unknown types through a load and a save.

    A plain stream block drops them when it is read, so that one save in the admin while a
    plugin is away would lose what editors wrote.
    """

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            value = [self._wrap(child) for child in value]
        return super().to_python(value)

    def bulk_to_python(self, values: Any) -> Any:
        return super().bulk_to_python([[self._wrap(child) for child in value] for value in values])

    def get_prep_value(self, value: Any) -> Any:
        prepared = super().get_prep_value(value)
        return prepared if prepared is None else [self._unwrap(child) for child in prepared]

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
