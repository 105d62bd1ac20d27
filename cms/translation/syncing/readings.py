"""A page read segment by segment, whoever wrote it: to be compared with another reading of it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

from cms.translation.syncing.completing import complete

__all__ = ["Reading", "plain", "read_page"]

_KEYS = {"pk", "id", "page", "sort_order"}


@dataclass(slots=True)
class Reading:
    """What a page says: ``texts`` and ``values`` by content path, ``rest`` by field.

    Texts are inline HTML as wagtail-localize has it, in order; values may be overridden in a
    translation; what is in ``rest`` is always the source's.
    """

    texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    values: dict[str, Any] = field(default_factory=dict)
    rest: dict[str, Any] = field(default_factory=dict)


def plain(html: str) -> str:
    """The visible text of a segment: two that look alike are alike."""
    return str(StringValue(html).render_text()).strip()


def read_page(page: Any) -> Reading:
    """Reads a page as it is in memory."""
    content = json.loads(json.dumps(page.serializable_data(), cls=DjangoJSONEncoder))
    complete(type(page), content)
    page = page.with_content_json(content)
    reading = Reading()
    for segment in extract_segments(page):
        if isinstance(segment, StringSegmentValue):
            reading.texts[segment.path].append(segment.string.data)
        elif isinstance(segment, OverridableSegmentValue):
            reading.values[segment.path] = segment.data
    extracted = {path.split(".")[0] for path in (*reading.texts, *reading.values)}
    for translatable in get_translatable_fields(type(page)):
        name = translatable.get_field(type(page)).name
        if not translatable.is_translated(page) and name not in extracted and name in content:
            reading.rest[name] = _bare(content[name])
    return reading


def _bare(value: Any) -> Any:
    """Without what differs between two copies of the same rows."""
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if key not in _KEYS}
    return value
