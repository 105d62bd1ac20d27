"""What a Vietnamese legal text has to say of itself where it isn't in Vietnamese."""

from __future__ import annotations

from typing import Final

__all__ = ["unofficial_notice"]

_OFFICIAL: Final = "vi"
_NOTICES: Final[dict[str, str]] = {
    "en": "Unofficial translation. Only the Vietnamese text is legally binding.",
    "fr": "Traduction non officielle. Seul le texte vietnamien fait foi.",
}


def unofficial_notice(locale: str) -> str | None:
    """The line that a legal text carries in that locale (``en``, ``fr-ca``); none in Vietnamese.

    In a language that has no wording here it is the English one.
    """
    language = locale.partition("-")[0].lower()
    if language == _OFFICIAL:
        return None
    return _NOTICES.get(language, _NOTICES["en"])
