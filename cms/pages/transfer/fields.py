"""A record's fields in an import: what would differ is written, what is the same is left alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import get_all_child_relations

from cms.pages.build import Build
from cms.pages.exposed import ExposedField, Json
from cms.pages.kinds import IntakeError, export_field, field_kind, model_field, write_fields
from cms.pages.transfer.intake import PortalIntake

__all__ = ["Written", "adopt_ids", "check_children", "describe_error", "write_changes"]


@dataclass(slots=True)
class Written:
    """What :func:`write_changes` did to an instance in memory."""

    changed: bool = False
    unresolved: set[str] = field(default_factory=set)
    """Fields that name something which isn't here (yet)."""
    relations: dict[str, list[int]] = field(default_factory=dict)
    """Plain many-to-many fields, which only a saved row can have: name → ids."""

    def save_relations(self, instance: models.Model) -> None:
        """Writes them; the instance is saved already."""
        for name, ids in self.relations.items():
            getattr(instance, name).set(ids)


class _ExactBuild(Build):
    """For comparing two states of one record: references by id, past the gate and without SQL.

    A page that refers to a private one shows the public nothing, and still differs from a page
    that refers to another private one.
    """

    def card(self, page_id: int | None) -> dict[str, Json] | None:
        return None if page_id is None else {"type": "", "locale": "", "path": f"#{page_id}"}

    def is_public_collection(self, path: str) -> bool:
        return True


def write_changes(
    instance: models.Model,
    fields: Sequence[ExposedField],
    data: Mapping[str, Json],
    intake: PortalIntake,
) -> Written:
    """Sets those fields of ``data`` that differ from the instance's; raises IntakeError.

    What the line says is first compared with what an export of the instance says: a field that
    is the same is not touched, so that a reference which the public doesn't see survives the
    import of an export that has null in its place.
    """
    given = [exposed for exposed in fields if exposed.name in data and not exposed.computed]
    written = Written()
    if instance.pk is None:
        _write(instance, given, data, intake, written)
        written.changed = True
        return written
    build = Build(roots=intake.finder.roots)
    pending: dict[str, Json] = {}
    for exposed in given:
        current = export_field(instance, exposed, build)
        value = adopt_ids(data[exposed.name], current)
        if value != current:
            pending[exposed.name] = value
    differing = [exposed for exposed in given if exposed.name in pending]
    before = _exact(instance, differing)
    _write(instance, differing, pending, intake, written)
    written.changed = written.changed or _exact(instance, differing) != before
    return written


def _write(
    instance: models.Model,
    fields: Sequence[ExposedField],
    data: Mapping[str, Json],
    intake: PortalIntake,
    written: Written,
) -> None:
    for exposed in fields:
        known = len(intake.unresolved)
        if _is_plain_relation(instance, exposed.name):
            _write_relation(instance, exposed.name, data[exposed.name], intake, written)
        else:
            write_fields(instance, [exposed], data, intake)
        if len(intake.unresolved) > known:
            written.unresolved.add(exposed.name)


def _write_relation(
    instance: models.Model, name: str, data: Json, intake: PortalIntake, written: Written
) -> None:
    column = model_field(type(instance), name)
    try:
        ids = [pk for pk in field_kind(column).write(column, data, intake) if pk is not None]
    except IntakeError as error:
        raise error.within(name) from error
    present = set(getattr(instance, name).values_list("pk", flat=True)) if instance.pk else set()
    if set(ids) != present:
        written.relations[name] = ids
        written.changed = True


def _exact(instance: models.Model, fields: Sequence[ExposedField]) -> dict[str, Json]:
    build = _ExactBuild()
    return {
        exposed.name: export_field(instance, exposed, build)
        for exposed in fields
        if not _is_plain_relation(instance, exposed.name)
    }


def _is_plain_relation(instance: models.Model, name: str) -> bool:
    column = model_field(type(instance), name)
    return isinstance(column, models.ManyToManyField) and not isinstance(
        column, ParentalManyToManyField
    )


def adopt_ids(given: Json, current: Json) -> Json:
    """The given value, where its blocks have no id with those of the like blocks in their place.

    So a line that a person wrote, without ids, is the same as what it made of the page before.
    """
    if isinstance(given, dict) and isinstance(current, dict):
        adopted: dict[str, Json] = {
            name: adopt_ids(value, current.get(name)) for name, value in given.items()
        }
        if current.get("id") and not given.get("id") and given.get("type") == current.get("type"):
            # The order of keys is the export's: the result is compared and written, no more.
            adopted["id"] = current["id"]
        return adopted
    if isinstance(given, list) and isinstance(current, list):
        padded = [*current, *[None] * max(0, len(given) - len(current))]
        return [adopt_ids(item, other) for item, other in zip(given, padded, strict=False)]
    return given


def check_children(instance: Any) -> None:
    """Validates the columns of the child rows; raises IntakeError with the row's place.

    Columns only: what a child row needs beyond them an export may lack, since the public sees
    less than the editor did.
    """
    for relation in get_all_child_relations(type(instance)):
        exposed = {entry.name for entry in getattr(relation.related_model, "exposed_fields", ())}
        others = {column.name for column in relation.related_model._meta.fields} - exposed
        for index, row in enumerate(getattr(instance, relation.get_accessor_name()).all()):
            try:
                row.clean_fields(exclude=others)
            except ValidationError as error:
                raise IntakeError(describe_error(error), f"{relation.name}[{index}]") from error


def describe_error(error: ValidationError) -> str:
    """``issued_on: This field cannot be null.; number: …``"""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return "; ".join(
        f"{name}: {' '.join(messages)}" if name != "__all__" else " ".join(messages)
        for name, messages in error.message_dict.items()
    )
