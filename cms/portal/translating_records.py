"""Loads the texts of the demo portal's shared records in other languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cms.pages.record_translations import load_texts, translatable_fields, translate_record
from cms.pages.transfer.outcome import Outcome, Tally
from cms.plugins.registry import registry
from cms.portal.content import SourceLine

__all__ = ["load_record_texts"]


def load_record_texts(
    lines: Iterable[SourceLine], wordings: Mapping[str, Mapping[str, str]], tally: Tally
) -> None:
    """Translates what is not translated of the records among the content's lines.

    ``wordings`` by locale, by the text that they translate: a record that an editor has renamed
    says something else. A text that is there is left as it is, whoever wrote it.
    """
    shared: dict[str, Any] = {one.name: one.model for one in registry.snippets()}
    records = [(shared[name], one.line) for one in lines if (name := _type(one)) in shared]
    for locale, known in wordings.items():
        present = {model: load_texts(model, locale) for model in {model for model, _ in records}}
        for model, line in records:
            record = _find(model, line)
            if record is None:  # deleted, or its import has failed and said why
                continue
            there = present[model].get(record.pk, {})
            new = {
                name: known[text]
                for name in translatable_fields(model)
                if name not in there and (text := getattr(record, name)) in known
            }
            if new:
                translate_record(record, locale, new)
            tally[Outcome.CREATED if new else Outcome.UNCHANGED] += 1


def _type(one: SourceLine) -> str:
    return str(one.line.get("type"))


def _find(model: Any, line: Mapping[str, Any]) -> Any | None:
    key = model.natural_key_field
    return model._default_manager.filter(**{key: line.get(key)}).first()
