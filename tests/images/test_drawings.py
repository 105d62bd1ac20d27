"""N41: SVG drawings are given out cleaned, under a policy by which nothing runs or is loaded."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from cms.pages.build import Build
from cms.pages.media import read_image
from cms.pages.models import PortalImage
from cms.pages.pictures.refusal import PictureRefusedError
from cms.pages.pictures.vector import clean_drawing, read_drawing

LOGO = """<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<!-- made with a drawing program -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
     xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
     viewBox="0 0 120 60" inkscape:version="1.3">
  <title>Biểu trưng</title>
  <metadata>Kimtuyen4711</metadata>
  <style>.a{fill:url(#g)}</style>
  <defs><linearGradient id="g"><stop offset="0" stop-color="#f00"/></linearGradient></defs>
  <g inkscape:label="Lớp 1"><path class="a" d="M0 0h9v9z"/><use xlink:href="#g"/></g>
  <image href="data:image/png;base64,iVBORw0KGgo=" width="1" height="1"/>
</svg>"""
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 9 9">{}</svg>'
)
ACTIVE = {
    "script": "<script>alert(1)</script>",
    "script in another namespace": '<s:script xmlns:s="http://www.w3.org/1999/xhtml">1</s:script>',
    "iframe": '<h:iframe xmlns:h="http://www.w3.org/1999/xhtml" src="javascript:1"/>',
    "foreign": "<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
    "handler": '<g onload="alert(1)"/>',
    "handler in capitals": '<g ONLOAD="alert(1)"/>',
    "link": '<a href="https://a.example/"><path d=""/></a>',
    "outer use": '<use href="https://a.example/b.svg#c"/>',
    "outer xlink use": '<use x:href="//a.example/b.svg#c"/>',
    "data use": '<use href="data:image/svg+xml,a#b"/>',
    "outer image": '<image href="https://a.example/a.png"/>',
    "svg in image": '<image href="data:image/svg+xml;base64,PHN2Zz4="/>',
    "script address": '<image x:href="javascript:alert(1)"/>',
    "set": '<set attributeName="href" to="javascript:alert(1)"/>',
    "animate": '<animate attributeName="href" values="javascript:alert(1)"/>',
    "import": "<style>@import 'https://a.example/a.css';</style>",
    "font": "<style>@font-face{src:url(https://a.example/f)}</style>",
    "fetch in a style": "<style>.a{fill:url(https://a.example/a)}</style>",
    "fetch with spaces": "<style>.a{fill:URL(  'https://a.example/a')}</style>",
    "fetch behind an escape": "<style>.a{fill:u\\72l(https://a.example/a)}</style>",
    "fetch in an attribute": '<path fill="url(https://a.example/a)" d=""/>',
    "fetch in inline style": '<path style="fill:url(//a.example/a)" d=""/>',
    "fetched filter": '<filter><feImage href="https://a.example/a"/></filter>',
}


def _drawing(inner: str) -> io.BytesIO:
    return io.BytesIO(_SVG.format(inner).encode())


@pytest.mark.parametrize("what", ACTIVE)
def test_what_is_active_is_refused_and_never_given_out(what: str) -> None:
    with pytest.raises(PictureRefusedError) as refusal:
        read_drawing(_drawing(ACTIVE[what]))
    assert refusal.value.code == "active"
    cleaned = clean_drawing(_drawing(ACTIVE[what])).serialise().decode()
    for word in ("alert", "a.example", "javascript", "script", "svg+xml", "import"):
        assert word not in cleaned.replace("www.w3.org", ""), cleaned


@pytest.fixture
def logo(db: None) -> PortalImage:
    """A harmless drawing as drawing programs write it."""
    image = PortalImage(title="Logo", file=ContentFile(LOGO.encode(), "logo.svg"))
    image.save()
    return image


def test_a_harmless_drawing_keeps_its_shapes(client: Client, logo: PortalImage) -> None:
    assert (logo.width, logo.height, logo.media_type) == (120, 60, "image/svg+xml")
    read: Any = read_image(logo, Build())
    card = read["presets"]["card"]
    assert card["type"] == "image/svg+xml"
    response = client.get(card["src"])
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/svg+xml"
    policy = response.headers["Content-Security-Policy"]
    assert (policy[:18], policy[-7:]) == ("default-src 'none'", "sandbox")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    body = response.content.decode()
    for kept in ("Biểu trưng", 'class="a"', "url(#g)", 'href="#g"', "data:image/png", "viewBox"):
        assert kept in body
    for gone in ("Kimtuyen4711", "inkscape", "DOCTYPE", "drawing program"):
        assert gone not in body


def test_what_was_stored_before_is_cleaned_as_well(client: Client, logo: PortalImage) -> None:
    with logo.file.storage.open(logo.file.name, "wb") as file:
        file.write(_SVG.format(ACTIVE["script"] + "<path d='M1 1'/>").encode())
    response = client.get(f"/images/{logo.pk}/{logo.sha256[:12]}.svg")
    assert response.status_code == 200
    assert b"<path" in response.content
    assert b"script" not in response.content
    again = client.get(
        f"/images/{logo.pk}/{logo.sha256[:12]}.svg",
        headers={"If-None-Match": response.headers["ETag"]},
    )
    assert again.status_code == 304
    with logo.file.storage.open(logo.file.name, "wb") as file:
        file.write(b"<svg")
    assert client.get(f"/images/{logo.pk}/{logo.sha256[:12]}.svg").status_code == 404


def test_no_size_is_made_of_a_drawing(client: Client, logo: PortalImage) -> None:
    for form in ("avif", "webp", "png", "svg"):
        path = f"/images/{logo.pk}/{logo.sha256[:12]}/card/320.{form}"
        assert client.get(path).status_code == 404
    assert not logo.renditions.exists()
    assert b"<path" in logo.get_rendition("max-100x100").file.read()  # the admin's own
