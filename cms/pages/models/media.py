"""Images and files with what a public portal has to say of them."""

from __future__ import annotations

import hashlib
import mimetypes
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from cms.changes.models import Reason

__all__ = ["PortalDocument", "PortalImage", "PortalRendition"]


def _sha256(file: Any) -> str:
    """The file's SHA-256 in hexadecimal; the file is left at its beginning."""
    file.open()
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


class _Media(models.Model):
    """What images and files share: a digest, and that their change is felt by documents."""

    sha256 = models.CharField(max_length=64, blank=True, editable=False, db_index=True)

    tag_name: ClassVar[str]
    file: Any
    file_size: Any

    class Meta:
        abstract = True

    @property
    def tag(self) -> str:
        """``image:5``: what documents built with it are tagged with."""
        return f"{self.tag_name}:{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves and marks the documents that show it stale, in one transaction."""
        from cms.pages.stale import touch

        if self.file and (not self.sha256 or not getattr(self.file, "_committed", True)):
            self.sha256 = _sha256(self.file)
            self.file_size = self.file.size
        with transaction.atomic():
            super().save(*args, **kwargs)
            touch(self.tag_name, self.pk, [self.tag], Reason.UPDATE)


class PortalImage(_Media, AbstractImage):
    """An image with its credit; ``description`` is its default alternative text."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)

    tag_name = "image"
    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class PortalRendition(AbstractRendition):
    """A size of an image, made once."""

    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"
            )
        ]


class PortalDocument(_Media, AbstractDocument):
    """A file for download."""

    tag_name = "file"
    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    @property
    def media_type(self) -> str:
        """The media type by the file's name: ``application/pdf``."""
        return mimetypes.guess_type(self.filename)[0] or "application/octet-stream"
