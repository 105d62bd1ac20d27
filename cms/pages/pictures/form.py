"""The upload form of images: a file is looked at before anything decodes it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.forms import FileField
from django.utils.text import capfirst
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from cms.pages.pictures.inspection import read_picture

__all__ = ["PictureForm", "PictureFormField"]


class PictureFormField(WagtailImageField):
    """In place of Wagtail's, which decodes a picture to learn its size."""

    def to_python(self, data: Any) -> Any:
        """The upload, with what was found in it as ``picture``; raises PictureRefusedError."""
        upload: Any = FileField.to_python(self, data)
        if upload is None:
            return None
        # An upload in memory is closed with its request; what is kept is read from a copy.
        in_memory = not hasattr(upload, "temporary_file_path")
        file = BytesIO(upload.read()) if in_memory else upload.file
        upload.seek(0)
        picture = read_picture(file, upload.name)
        upload.seek(0)
        upload.picture = picture
        upload.content_type = picture.media_type
        return upload


class PictureForm(BaseImageForm):
    """Wagtail's form with our field for the file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            stood = self.fields["file"]
            self.fields["file"] = PictureFormField(
                label=capfirst(stood.label or ""), required=stood.required, widget=stood.widget
            )
