"""Images in the presets' sizes: made on demand, never another size, never a private one."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image
from wagtail.images.rect import Rect

from cms.pages.build import Build
from cms.pages.media import read_image
from cms.pages.models import PortalImage, PortalRendition
from tests.factories import make_collection, make_image
from tests.images.pictures import make_picture, picture_file


@pytest.fixture
def image(db: None) -> PortalImage:
    """A picture of 800 by 500 pixels."""
    return make_image()


def _presets(image: PortalImage) -> dict[str, Any]:
    read = read_image(image, Build())
    assert isinstance(read, dict)
    presets: Any = read["presets"]
    return dict(presets)


def _files() -> set[Path]:
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def test_every_address_in_a_document_is_an_image(client: Client, image: PortalImage) -> None:
    presets = _presets(image)
    assert set(presets) == set(settings.CMS_IMAGE_PRESETS)
    for name, preset in presets.items():
        assert [source["type"] for source in preset["sources"]] == ["image/avif", "image/webp"]
        assert preset["type"] == "image/jpeg"
        for offered in (preset, *preset["sources"]):
            for entry in offered["srcset"].split(", "):
                address, width = entry.split()
                response = client.get(address)
                assert response.status_code == 200, address
                assert response.headers["Content-Type"] == offered["type"]
                made = Image.open(io.BytesIO(response.content))
                assert Image.MIME[str(made.format)] == offered["type"]
                assert made.width <= int(width[:-1])
                if address == preset["src"]:
                    assert made.size == (preset["width"], preset["height"]), name


def test_it_may_be_kept_for_ever(client: Client, image: PortalImage) -> None:
    address = _presets(image)["card"]["src"]
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=31536000, s-maxage=0, immutable"
    assert first.headers["Cache-Tag"] == f"collection:{image.collection_id},image:{image.pk}"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_second_request_makes_nothing(client: Client, image: PortalImage) -> None:
    address = _presets(image)["card"]["src"]
    first = client.get(address)
    before = _files()
    assert client.get(address).content == first.content
    assert _files() == before
    assert PortalRendition.objects.count() == 1


def test_n42_no_other_size_or_form_is_made(client: Client, image: PortalImage) -> None:
    version = image.sha256[:12]
    before = _files()
    for path in (
        f"{version}/card/321.webp", f"{version}/card/0.webp", f"{version}/big/320.webp",
        f"{version}/hero/1920.webp", f"{'0' * 12}/card/320.webp", f"{image.sha256}/card/320.webp",
        f"{version}/original/800.webp", f"{version.upper()}x/card/320.webp", f"{version}.svg",
        f"{version}/card/320", f"{version}/card/320.png", f"{version}/card/320.gif",
        f"{version}/card/320.jpeg", f"{version}/card/320.webp.webp", f"{version}/card/+320.webp",
        f"{version}-0000/card/320.webp", f"{version}/card/{10**40}.webp",
    ):  # fmt: skip
        assert client.get(f"/images/{image.pk}/{path}").status_code == 404, path
    for other in (image.pk + 1, 10**30):
        assert client.get(f"/images/{other}/{version}/card/320.webp").status_code == 404
    for path in ("?width=9", "?format=png"):
        assert client.get(f"/images/{image.pk}/{version}/card/320.webp{path}").status_code == 400
    assert _files() == before
    assert not PortalRendition.objects.exists()


def test_n11_private_collections_and_those_below(client: Client, db: None) -> None:
    public = make_collection("Mở")
    image = make_image(collection=public)
    address = _presets(image)["card"]["src"]
    assert client.get(address).status_code == 200
    private = make_collection("Kín", private=True)
    public.refresh_from_db()
    public.move(private, pos="sorted-child")
    response = client.get(address)
    assert response.status_code == 404
    assert response.content == client.get("/images/999999/000000000000/card/320.webp").content


def test_an_original_that_is_gone(client: Client, image: PortalImage) -> None:
    address = _presets(image)["card"]["src"]
    image.file.storage.delete(image.file.name)
    assert client.get(address).status_code == 404


def test_a_transparent_picture_falls_back_to_png(client: Client, db: None) -> None:
    image = make_picture(Image.new("RGBA", (400, 400), (200, 10, 10, 90)))
    assert (image.transparent, image.color) == (True, "")
    card = _presets(image)["card"]
    assert (card["type"], card["src"][-4:]) == ("image/png", ".png")
    made = Image.open(io.BytesIO(client.get(card["src"]).content))
    assert made.getchannel("A").getextrema() == (90, 90)
    opaque = make_picture(Image.new("RGBA", (400, 400), (200, 10, 10, 255)))
    assert (opaque.transparent, opaque.color) == (False, "#c80a0a")


def test_the_dominant_colour(db: None) -> None:
    picture = Image.new("RGB", (300, 100), (20, 120, 40))
    picture.paste((250, 250, 250), (0, 0, 100, 100))
    image = make_picture(picture)
    assert image.color == "#147828"
    read = read_image(image, Build())
    assert isinstance(read, dict)
    assert read["color"] == "#147828"


def test_the_address_changes_with_the_focal_point(client: Client, db: None) -> None:
    picture = Image.new("RGB", (1200, 400), "white")
    picture.paste((255, 0, 0), (0, 0, 300, 400))
    image = make_picture(picture)
    middle = _presets(image)["card"]["src"]
    image.set_focal_point(Rect(0, 100, 200, 300))
    image.save()
    left = _presets(image)["card"]["src"]
    assert middle != left
    assert client.get(middle).status_code == 404
    shown = Image.open(io.BytesIO(client.get(left).content))
    red, green, _ = shown.convert("RGB").getpixel((5, shown.height // 2))  # type: ignore[misc]
    assert (red > 200, green < 60) == (True, True)


def test_upright_in_srgb_and_without_what_else_the_file_tells(client: Client, db: None) -> None:
    picture = Image.new("RGB", (400, 200), (10, 200, 10))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by a quarter
    exif.get_ifd(0x8825)[2] = (16.0, 27.0, 50.0)  # where it was taken
    exif[0x010E] = "Kimtuyen4711"
    image = make_picture(picture, "JPEG", exif=exif.tobytes(), comment=b"Kimtuyen4711")
    assert (image.width, image.height) == (200, 400)
    content = _presets(image)["content"]
    assert (content["width"], content["height"]) == (200, 400)
    for address in (content["src"], *(one["srcset"].split()[0] for one in content["sources"])):
        body = client.get(address).content
        made = Image.open(io.BytesIO(body))
        assert made.size == (200, 400)
        assert not made.getexif()
        assert b"Kimtuyen4711" not in body
    assert b"Kimtuyen4711" not in image.get_rendition("max-100x100").file.read()


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "LA", "I;16", "1"])
def test_every_sort_of_pixels_becomes_a_picture(client: Client, db: None, mode: str) -> None:
    form = "JPEG" if mode in ("CMYK", "L") else "PNG"
    image = make_picture(Image.new(mode, (400, 400), 1 if mode in ("1", "P") else None), form)
    for preset in _presets(image).values():
        for offered in (preset, *preset["sources"]):
            response = client.get(offered["srcset"].split()[0])
            assert response.status_code == 200
            assert Image.open(io.BytesIO(response.content)).mode in ("RGB", "RGBA")


def test_a_replaced_picture_gets_new_files(client: Client, image: PortalImage) -> None:
    before = _presets(image)["card"]["src"]
    assert client.get(before).status_code == 200
    image.file = picture_file(Image.new("RGB", (800, 500), (1, 2, 3)))
    image.save()
    after = _presets(image)["card"]["src"]
    assert before != after
    assert client.get(before).status_code == 404
    pixel = Image.open(io.BytesIO(client.get(after).content)).getpixel((9, 9))
    assert isinstance(pixel, tuple)
    assert max(pixel) < 10


def test_an_animation_shows_its_first_picture(client: Client, db: None) -> None:
    frames = [Image.new("RGB", (400, 300), (80 * number, 0, 0)) for number in range(3)]
    image = make_picture(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert image.media_type == "image/gif"
    assert client.get(_presets(image)["card"]["src"]).status_code == 200
