"""What can go wrong with a machine translator."""

from __future__ import annotations

__all__ = ["TranslatorError"]


class TranslatorError(Exception):
    """The translator could not be asked, or its answer not be used. Its text is for translators of
    this portal to read: no key, no address, nothing of the answer's body."""
