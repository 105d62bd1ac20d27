"""The abbreviations of all languages, for an index that serves them all."""

from __future__ import annotations

from cms.vietnamese.contractions import Contractions

__all__ = ["load_glossary"]


def load_glossary() -> Contractions:
    """The glossary that editors manage."""
    return Contractions([("HTX", "hợp tác xã"), ("LMHTX", "liên minh hợp tác xã")])
