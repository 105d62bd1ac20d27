"""The glossary that ships: what a new portal begins with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import yaml

__all__ = ["read_shipped_glossary"]

_FILE: Final = Path(__file__).parent / "data" / "abbreviations.vi.yaml"


def read_shipped_glossary() -> list[dict[str, str]]:
    """Abbreviation and phrase of every entry; all are Vietnamese."""
    rows: list[dict[str, str]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return rows
