"""The glossary that ships: what a new portal begins with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import yaml

__all__ = ["ShippedTerm", "read_shipped_terms"]

_FILE: Final = Path(__file__).parents[1] / "data" / "terms.vi-en.yaml"

type ShippedTerm = dict[str, str | bool]


def read_shipped_terms() -> list[ShippedTerm]:
    """The columns of every entry; lists are written one a line, as the table has them."""
    entries = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return [
        {
            name: "\n".join(value) if isinstance(value, list) else value
            for name, value in entry.items()
        }
        for entry in entries
    ]
