"""Images in the presets' sizes: made on demand, never another size, never a private one."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from cms.pages.build import Build
from cms.pages.media import read_image
from cms.pages.models import PortalImage, PortalRendition
from tests.factories import make_collection, make_image


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
        for entry in preset["srcset"].split(", "):
            address, width = entry.split()
            response = client.get(address)
            assert response.status_code == 200, address
            assert response.headers["Content-Type"] == "image/webp"
            made = Image.open(io.BytesIO(response.content))
            assert made.format == "WEBP"
            assert made.width <= int(width[:-1])
            if address == preset["src"]:
                assert made.size == (preset["width"], preset["height"]), name


def test_it_may_be_kept_for_ever(client: Client, image: PortalImage) -> None:
    address = _presets(image)["card"]["src"]
    first = client.get(address)
    assert "immutable" in first.headers["Cache-Control"]
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


def test_no_other_size_is_made(client: Client, image: PortalImage) -> None:
    version = image.sha256[:12]
    before = _files()
    for path in (
        f"{version}/card/321", f"{version}/card/0", f"{version}/big/320", f"{version}/hero/1920",
        f"{'0' * 12}/card/320", f"{image.sha256}/card/320", f"{version}/original/800",
        f"{version.upper()}x/card/320",
    ):  # fmt: skip
        assert client.get(f"/images/{image.pk}/{path}").status_code == 404, path
    assert client.get(f"/images/{image.pk + 1}/{version}/card/320").status_code == 404
    assert _files() == before
    assert not PortalRendition.objects.exists()


def test_private_collections_and_those_below(client: Client, db: None) -> None:
    public = make_collection("Mở")
    image = make_image(collection=public)
    address = _presets(image)["card"]["src"]
    assert client.get(address).status_code == 200
    private = make_collection("Kín", private=True)
    public.refresh_from_db()
    public.move(private, pos="sorted-child")
    response = client.get(address)
    assert response.status_code == 404
    assert response.content == client.get("/images/999999/000000000000/card/320").content


def test_an_original_that_is_gone(client: Client, image: PortalImage) -> None:
    address = _presets(image)["card"]["src"]
    image.file.storage.delete(image.file.name)
    assert client.get(address).status_code == 404
