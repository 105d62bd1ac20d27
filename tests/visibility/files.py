"""The rows of pictures, files, and of the pages that this server shows itself."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.models import PageViewRestriction

from cms.pages.presets import picture_version, preset_renditions, rendition_address, vector_address
from tests.visibility.asking import NEVER, Ask, Evidence, get
from tests.visibility.axes import Way
from tests.visibility.combining import every, known, path_of
from tests.visibility.subjects import Subject
from tests.visibility.table import Row

__all__ = ["ROWS"]

_ONE = "One file by its address: nothing else is told of, and the hot path doesn't keep it."


def _preset(subject: Subject) -> Iterator[Ask]:
    if subject.media is not None:
        image = subject.media.image
        version = picture_version(image)
        for rendition in list(preset_renditions(image))[:3]:
            address = rendition_address(image, version, rendition)
            never = address.replace(f"/images/{image.pk}/", f"/images/{NEVER}/")
            yield get(address, evidence=Evidence.FOUND, twin=get(never))


def _drawing(subject: Subject) -> Iterator[Ask]:
    if subject.media is not None:
        image = subject.media.drawing
        version = picture_version(image)
        address = vector_address(image, version)
        never = address.replace(f"/images/{image.pk}/", f"/images/{NEVER}/")
        yield get(address, evidence=Evidence.FOUND, twin=get(never))


def _file(subject: Subject) -> Iterator[Ask]:
    if subject.media is not None:
        file = subject.media.file
        never = get(f"/documents/{NEVER}/{file.filename}")
        yield get(file.url, twin=never)
        yield get(file.url, headers=(("Range", "bytes=0-3"),), evidence=Evidence.FOUND, twin=never)


def _upload(subject: Subject) -> Iterator[Ask]:
    if subject.media is not None:
        for stored in (subject.media.image.file, subject.media.file.file):
            folder = stored.name.rpartition("/")[0]
            yield get(f"/media/{stored.name}", twin=get(f"/media/{folder}/never.png"))


# --- Pages that this server shows -----------------------------------------------------------------


def _shown(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        yield get(path_of(subject.page), echoes=True, twin=get("/tin-tuc/khong-he-co/"))


def _shown_hosts(subject: Subject) -> Iterator[Ask]:
    assert subject.deep is not None
    yield get(path_of(subject.deep))
    yield get(path_of(subject.hosts["article"]))


def _old(subject: Subject) -> Iterator[Ask]:
    if subject.page is not None:
        yield get(f"/cu-{subject.reason.number}/", twin=get("/khong-he-co/"))


def _password(subject: Subject) -> Iterator[Ask]:
    restriction = PageViewRestriction.objects.order_by("pk").first()
    if subject.page is not None and restriction is not None:
        where = f"/_util/authenticate_with_password/{restriction.pk}"
        yield get(f"{where}/{subject.page.pk}/", twin=get(f"{where}/{NEVER}/"))


ROWS = [
    Row("image-preset", _ONE, {Way.DIRECT: _preset, Way.NOT_MODIFIED: known(_preset)}),
    Row("image-vector", _ONE, {Way.DIRECT: _drawing, Way.NOT_MODIFIED: known(_drawing)}),
    Row("wagtaildocs_serve", _ONE, {Way.DIRECT: _file, Way.NOT_MODIFIED: known(_file)}),
    Row("upload", "What lies on the disk is for people in the admin alone.", also=_upload),
    Row(
        "wagtail_serve",
        "One page as HTML, for people; it is made of the published document, and never kept.",
        {
            Way.DIRECT: _shown,
            Way.BLOCK: _shown_hosts,
            Way.LINK: _shown_hosts,
        },
        also=_old,
    ),
    Row("wagtailcore_login", "A form to log in with: it has no content.",
        also=every(lambda: [get("/_util/login/"), get("/_util/login/", next="/tin-tuc/")])),
    Row(
        "wagtailcore_authenticate_with_password",
        "A form for the password of a private page: it has no content.",
        also=_password,
    ),
]  # fmt: skip
