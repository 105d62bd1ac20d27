"""Images and files with what a public portal has to say of them."""

from __future__ import annotations

import hashlib
import mimetypes
from typing import Any, ClassVar

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Filter,
    Image,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)
from wagtail.search import index

from cms.changes.models import Reason
from cms.pages.claims import claimed
from cms.pages.pictures.inspection import Picture, read_picture

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

        if self.has_new_file:
            self.take_file()
        with transaction.atomic():
            super().save(*args, **kwargs)
            touch(self.tag_name, self.pk, [self.tag], Reason.UPDATE)

    @property
    def has_new_file(self) -> bool:
        """Whether the file isn't stored yet, or not known yet by its digest."""
        return bool(self.file) and (not self.sha256 or not getattr(self.file, "_committed", True))

    def take_file(self) -> None:
        """Notes what is known of a new file."""
        self.sha256 = _sha256(self.file)
        self.file_size = self.file.size


class PictureFile(WagtailImageFieldFile):
    """An image's file, which is looked at before anything decodes it."""

    def get_image_dimensions(self) -> tuple[int, int]:
        """Width and height as shown, turned upright; raises PictureRefusedError."""
        picture = self.inspect()
        return picture.width, picture.height

    def inspect(self) -> Picture:
        """What the file holds; an upload that a form has looked at isn't read again."""
        seen = getattr(self.file, "picture", None)
        if isinstance(seen, Picture):
            return seen
        self.open()
        picture = read_picture(self, self.name)
        if not self._committed:
            self.file.picture = picture
        return picture


class PictureField(WagtailImageField):
    """The field of an image's file."""

    attr_class = PictureFile


class PortalImage(_Media, AbstractImage):
    """An image with its credit; ``description`` is its default alternative text."""

    file: Any = PictureField(
        verbose_name=_("file"), upload_to=get_upload_to, width_field="width", height_field="height"
    )
    credit = models.CharField(_("credit"), max_length=255, blank=True)
    media_type = models.CharField(max_length=20, blank=True, editable=False)
    """``image/jpeg``; empty while the file hasn't been looked at (``cms.pages.renditions``)."""
    transparent = models.BooleanField(default=False, editable=False)
    color = models.CharField(max_length=7, blank=True, editable=False)
    """``#a1b2c3``, the dominant colour; empty for a transparent picture."""
    rendered = models.CharField(max_length=16, blank=True, editable=False, db_index=True)
    """The digest of the presets whose files are made; ``due:…`` where they are wanted, empty before
    the image was published."""

    tag_name = "image"
    admin_form_fields = (*Image.admin_form_fields, "credit")
    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("filename", boost=10),
        index.SearchField("credit"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    def take_file(self) -> None:
        """Raises PictureRefusedError for a file that is no picture, or a hostile one."""
        super().take_file()
        self.take_picture(self.file.inspect())

    def take_picture(self, picture: Picture) -> None:
        """Notes what was found in the file."""
        self.width, self.height = picture.width, picture.height
        self.media_type = picture.media_type
        self.transparent = picture.transparent
        self.color = picture.color

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves; sizes of a picture that was replaced go."""
        replaced = not self._state.adding and self.has_new_file
        super().save(*args, **kwargs)
        if replaced:
            self.renditions.all().delete()

    def create_rendition(self, filter: Filter) -> Any:
        """The size, made once: whoever asks for it meanwhile, in any process, waits for it."""
        spec, key = filter.spec, filter.get_cache_key(self)
        with claimed(f"rendition {self.pk} {spec} {key}"):
            made = self.renditions.filter(filter_spec=spec, focal_point_key=key).first()
            return made or super().create_rendition(filter)

    def create_renditions(self, *filters: Filter) -> dict[Filter, Any]:
        """The same for several."""
        return {filter: self.create_rendition(filter) for filter in filters}

    def generate_rendition_file(self, filter: Filter, *, source: Any = None) -> Any:
        """The size's file: upright, in sRGB, without metadata."""
        from cms.pages.pictures.rendering import PictureFilter

        return super().generate_rendition_file(PictureFilter(spec=filter.spec), source=source)


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
    search_fields = [*AbstractDocument.search_fields, index.SearchField("filename", boost=10)]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")

    @property
    def media_type(self) -> str:
        """The media type by the file's name: ``application/pdf``."""
        return mimetypes.guess_type(self.filename)[0] or "application/octet-stream"
