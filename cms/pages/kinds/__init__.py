"""How each class of model field and block is described, read, filtered and imported."""

from cms.pages.kinds.base import EQUALITY, ORDERED, Heading, Intake, IntakeError, Kind
from cms.pages.kinds.blocks import BLOCK_KINDS
from cms.pages.kinds.definitions import Definitions
from cms.pages.kinds.fields import (
    FIELD_KINDS,
    export_field,
    field_kind,
    field_text,
    model_field,
    read_exposed,
    read_field,
    write_fields,
)

__all__ = [
    "BLOCK_KINDS",
    "EQUALITY",
    "FIELD_KINDS",
    "ORDERED",
    "Definitions",
    "Heading",
    "Intake",
    "IntakeError",
    "Kind",
    "export_field",
    "field_kind",
    "field_text",
    "model_field",
    "read_exposed",
    "read_field",
    "write_fields",
]
