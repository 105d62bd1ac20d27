"""Why a picture is refused, in words for editors."""

from __future__ import annotations

from typing import Any, Self

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

__all__ = ["PictureRefusedError"]


class PictureRefusedError(ValidationError):
    """A file that is not taken in as a picture; its message says why and what to do."""

    @classmethod
    def unreadable(cls) -> Self:
        """No picture at all, a form that isn't taken, damaged or cut off."""
        return cls(
            _(
                "This file can't be read as a picture: it is damaged or incomplete, or is none of "
                "JPEG, PNG, WebP, AVIF, GIF and SVG."
            ),
            code="unreadable",
        )

    @classmethod
    def wrong_name(cls, form: str, extension: str) -> Self:
        """The name says another form than the bytes."""
        message = _("The file is a %(form)s: its name must end in .%(extension)s.")
        return cls(message, "wrong_name", {"form": form, "extension": extension})

    @classmethod
    def too_heavy(cls, limit: int) -> Self:
        """More bytes than the limit."""
        message = _("The file is too large: at most %(limit)s MB.")
        return cls(message, "too_heavy", {"limit": round(limit / 2**20, 1)})

    @classmethod
    def too_large(cls, limit: int) -> Self:
        """More pixels than the limit, over all frames."""
        message = _("The picture has too many pixels: at most %(limit)s million. Make it smaller.")
        return cls(message, "too_large", {"limit": round(limit / 1_000_000)})

    @classmethod
    def too_many_frames(cls, limit: int) -> Self:
        """An animation, or a file that claims to be one, with too many pictures in it."""
        message = _("The animation has too many pictures: at most %(limit)s.")
        return cls(message, "too_many_frames", {"limit": limit})

    @classmethod
    def active(cls, what: Any) -> Self:
        """A drawing that does or fetches something."""
        message = _(
            "The SVG drawing holds what could run or load something (%(what)s). "
            "Export it as plain SVG, or use PNG."
        )
        return cls(message, "active", {"what": what})
