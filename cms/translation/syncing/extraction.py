"""Takes the segments from a source in a number of queries that does not grow with them.

wagtail-localize asks the database about each segment, string, template and context by itself, some
ten queries for a segment. Here everything of one kind is asked for and written at once. The rows
are the same, which a test compares.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any
from uuid import uuid5

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

from cms.translation.declared import goes_to_translators
from cms.translation.syncing.carrying import carry_over, load_segments
from cms.translation.syncing.completing import complete
from cms.translation.syncing.state import refresh_groups, together

__all__ = ["plain_refresh_segments", "refresh_segments"]

_BATCH = 500

plain_refresh_segments: Callable[[TranslationSource], None] = TranslationSource.refresh_segments
"""wagtail-localize's own, to be compared with."""


def refresh_segments(source: TranslationSource) -> None:
    """Brings the source's segments in step with its content, and carries translations over.

    Stands in for ``TranslationSource.refresh_segments`` (ADR 40).
    """
    with together():
        # Of two who sync a page at once, the second finds the segments that the first wrote.
        TranslationSource.objects.select_for_update().filter(pk=source.pk).first()
        before = load_segments(source)
        _complete(source)
        instance = source.as_instance()
        values = extract_segments(instance)
        contexts = _contexts(source, values, instance)
        values = list(_declared(type(instance), values, contexts))

        def of(kind: type[Any]) -> list[Any]:
            return [value for value in values if isinstance(value, kind)]

        _write_strings(source, contexts, of(StringSegmentValue))
        _write_templates(source, contexts, of(TemplateSegmentValue))
        _write_objects(source, contexts, of(RelatedObjectSegmentValue))
        _write_overridables(source, contexts, of(OverridableSegmentValue))
        carry_over(source, before)
        refresh_groups([source.object_id])


def _complete(source: TranslationSource) -> None:
    content = json.loads(source.content_json)
    if complete(source.specific_content_type.model_class(), content):
        source.content_json = json.dumps(content, cls=DjangoJSONEncoder)
        source.save(update_fields=["content_json"])


def _declared(
    model: type[Any], values: Iterable[Any], contexts: dict[str, TranslationContext]
) -> Iterator[Any]:
    """The segments without the texts of blocks that are the same in every language.

    A plain one is offered to be overridden, as any other value is that is taken over.
    """
    formatted = {value.path for value in values if isinstance(value, TemplateSegmentValue)}
    for value in values:
        is_text = isinstance(value, StringSegmentValue | TemplateSegmentValue)
        if not is_text or goes_to_translators(model, contexts[value.path].field_path):
            yield value
        elif value.path not in formatted:
            plain = OverridableSegmentValue(value.path, value.string.render_text())
            yield plain.with_order(value.order)


def _contexts(
    source: TranslationSource, values: Iterable[Any], instance: Any
) -> dict[str, TranslationContext]:
    """The contexts of these segments by path, with their field paths."""
    paths = {value.path for value in values}
    rows = TranslationContext.objects.filter(object_id=source.object_id)

    def known() -> dict[str, TranslationContext]:
        return {row.path: row for row in rows.all() if row.path in paths}

    found = known()
    missing = [
        TranslationContext(
            object_id=source.object_id, path=path, path_id=TranslationContext._get_path_id(path)
        )
        for path in sorted(paths - found.keys())
    ]
    bare = [row for row in found.values() if not row.field_path]
    for row in [*missing, *bare]:
        # It saves what it has worked out, one by one; here they are saved together.
        row.save = _saved_later
        row.get_field_path(instance)
        del row.save
    if bare:
        TranslationContext.objects.bulk_update(bare, ["field_path"], batch_size=_BATCH)
    if missing:
        TranslationContext.objects.bulk_create(missing, batch_size=_BATCH, ignore_conflicts=True)
        found = known()
    return found


def _saved_later(*args: Any, **kwargs: Any) -> None:
    """Stands in for a row's ``save`` while many are worked out."""


def _write_strings(
    source: TranslationSource,
    contexts: dict[str, TranslationContext],
    values: Collection[StringSegmentValue],
) -> None:
    texts = {String._get_data_hash(value.string.data): value.string.data for value in values}
    strings = _get_or_create(
        String,
        "data_hash",
        {key: String(locale_id=source.locale_id, data_hash=key, data=texts[key]) for key in texts},
        locale_id=source.locale_id,
    )
    _replace(
        StringSegment,
        source,
        ("context_id", "order", "string_id", "attrs"),
        [
            (
                contexts[value.path].pk,
                value.order,
                strings[String._get_data_hash(value.string.data)].pk,
                json.dumps(value.attrs, cls=DjangoJSONEncoder),
            )
            for value in values
        ],
    )


def _write_templates(
    source: TranslationSource,
    contexts: dict[str, TranslationContext],
    values: Collection[TemplateSegmentValue],
) -> None:
    def key(value: TemplateSegmentValue) -> Any:
        return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)

    templates = _get_or_create(
        Template,
        "uuid",
        {
            key(value): Template(
                uuid=key(value),
                template=value.template,
                template_format=value.format,
                string_count=value.string_count,
            )
            for value in values
        },
    )
    _replace(
        TemplateSegment,
        source,
        ("context_id", "order", "template_id"),
        [(contexts[value.path].pk, value.order, templates[key(value)].pk) for value in values],
    )


def _write_objects(
    source: TranslationSource,
    contexts: dict[str, TranslationContext],
    values: Collection[RelatedObjectSegmentValue],
) -> None:
    _get_or_create(
        TranslatableObject,
        "translation_key",
        {
            value.translation_key: TranslatableObject(
                translation_key=value.translation_key, content_type=value.content_type
            )
            for value in values
        },
    )
    _replace(
        RelatedObjectSegment,
        source,
        ("context_id", "order", "object_id"),
        [(contexts[value.path].pk, value.order, value.translation_key) for value in values],
    )


def _write_overridables(
    source: TranslationSource,
    contexts: dict[str, TranslationContext],
    values: Collection[OverridableSegmentValue],
) -> None:
    _replace(
        OverridableSegment,
        source,
        ("context_id", "order", "data_json"),
        [
            (contexts[value.path].pk, value.order, json.dumps(value.data, cls=DjangoJSONEncoder))
            for value in values
        ],
    )


def _get_or_create(
    model: type[Any], key: str, wanted: dict[Any, Any], **lookup: Any
) -> dict[Any, Any]:
    """The rows by their key; those that are missing are written, whoever else does so as well."""

    def known() -> dict[Any, Any]:
        rows = model.objects.filter(**{f"{key}__in": list(wanted)}, **lookup)
        return {getattr(row, key): row for row in rows}

    if not wanted:
        return {}
    found = known()
    missing = [row for value, row in wanted.items() if value not in found]
    if missing:
        model.objects.bulk_create(missing, batch_size=_BATCH, ignore_conflicts=True)
        found = known()
    return found


def _replace(
    model: type[Model], source: TranslationSource, names: tuple[str, ...], wanted: list[Any]
) -> None:
    """Leaves exactly the wanted segments; those that were there already keep their row."""
    rows = model._default_manager.filter(source_id=source.pk)
    present = {tuple(row[1:]): row[0] for row in rows.values_list("pk", *names)}
    kept = set(wanted)
    gone = [pk for key, pk in present.items() if key not in kept]
    if gone:
        rows.filter(pk__in=gone).delete()
    model._default_manager.bulk_create(
        [
            model(source_id=source.pk, **dict(zip(names, key, strict=True)))
            for key in wanted
            if key not in present
        ],
        batch_size=_BATCH,
    )
