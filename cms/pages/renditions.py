"""Making the sizes of published images, before a reader has to wait for one.

A follower notes which images publications show; a duty makes their sizes, a few each round, so that
neither scheduled publishing nor the other followers wait for a hundred photos.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator

from wagtail.images.models import Filter

from cms.changes.duties import Duty
from cms.changes.followers import Follower
from cms.changes.models import Change
from cms.pages.models import DocumentTag, PortalImage
from cms.pages.presets import filter_spec, preset_renditions, presets_digest

__all__ = ["DescribeImages", "MakeRenditions", "NoteShownImages"]

ROUND_SECONDS = 1.0
"""How long a round of the worker may spend on images, but for the one at hand."""

_BATCH = 100


class NoteShownImages(Follower):
    """Marks the images that a publication shows, and those that have changed, for their sizes."""

    name = "renditions"
    from_start = True

    def follow(self, change: Change) -> None:
        if change.withdrawn or change.object_id is None:
            return
        if change.type == PortalImage.tag_name:
            shown = [change.object_id]
        else:
            tags = DocumentTag.objects.filter(
                document_id=change.object_id, tag__startswith=f"{PortalImage.tag_name}:"
            )
            shown = [int(tag.partition(":")[2]) for tag in tags.values_list("tag", flat=True)]
        if shown:
            PortalImage.objects.filter(pk__in=shown).update(rendered=f"due:{change.seq}")


class MakeRenditions(Duty):
    """Makes the presets' files of marked images; of all again when the presets change."""

    name = "make_renditions"

    def due(self) -> Iterable[str]:
        images = PortalImage.objects.exclude(rendered__in=["", presets_digest()])
        return _for_a_while(images.order_by("pk").values_list("pk", flat=True)[:_BATCH])

    def run(self, key: str) -> bool:
        """As many of an image's files as fit into a round, one at least; the rest is due again."""
        image = PortalImage.objects.filter(pk=_id(key)).exclude(rendered="").first()
        if image is None:
            return False
        made = set(image.renditions.values_list("filter_spec", "focal_point_key"))
        started = time.monotonic()
        for rendition in preset_renditions(image):
            spec = filter_spec(image, rendition)
            if spec is None or (spec, Filter(spec=spec).get_cache_key(image)) in made:
                continue
            image.get_rendition(spec)
            if time.monotonic() - started > ROUND_SECONDS:
                return True
        # Not where the image was marked again meanwhile, by another change.
        PortalImage.objects.filter(pk=image.pk, rendered=image.rendered).update(
            rendered=presets_digest()
        )
        return True


class DescribeImages(Duty):
    """Looks at files that were stored before images were looked at."""

    name = "describe_images"

    def due(self) -> Iterable[str]:
        images = PortalImage.objects.filter(media_type="").order_by("pk")
        return _for_a_while(images.values_list("pk", flat=True)[:_BATCH])

    def run(self, key: str) -> bool:
        image = PortalImage.objects.filter(pk=_id(key), media_type="").first()
        if image is None:
            return False
        image.take_picture(image.file.inspect())
        image.save()
        return True


def _for_a_while(ids: Iterable[int]) -> Iterator[str]:
    """The images' keys, until the round's time is over."""
    started = time.monotonic()
    for pk in list(ids):
        yield f"image:{pk}"
        if time.monotonic() - started > ROUND_SECONDS:
            return


def _id(key: str) -> int:
    return int(key.partition(":")[2])
