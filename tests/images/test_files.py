"""N11: what lies in a private collection reaches no anonymous reader, by any address."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from cms.pages.build import Build
from cms.pages.media import read_image
from cms.pages.models import PortalDocument
from tests.factories import make_collection, make_file, make_image

pytestmark = pytest.mark.django_db


def _body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def _file(name: str, data: bytes = b"0123456789") -> PortalDocument:
    file = PortalDocument(title=name, file=ContentFile(data, name))
    file.save()
    return file


def test_a_public_file(client: Client) -> None:
    file = make_file("Tệp")
    response = client.get(file.url)
    assert _body(response) == "Tệp".encode()
    headers = response.headers
    assert headers["Cache-Tag"] == f"collection:{file.collection_id},file:{file.pk}"
    assert headers["Cache-Control"].startswith("public, max-age=0")
    assert headers["ETag"] == f'"{file.sha256}"'
    assert "Cookie" not in headers.get("Vary", "")
    assert client.get(file.url, headers={"If-None-Match": headers["ETag"]}).status_code == 304
    head = client.head(file.url)
    assert (head.content, head.headers["Content-Length"]) == (b"", headers["Content-Length"])
    assert client.post(file.url).status_code == 405


@pytest.mark.parametrize(
    ("name", "media_type", "shown"),
    [
        ("a.pdf", "application/pdf", True),
        ("a.txt", "text/plain; charset=utf-8", True),
        ("a.mp4", "video/mp4", True),
        ("a.csv", "text/csv; charset=utf-8", False),
        ("a.xml", "application/octet-stream", False),
        ("a.html", "application/octet-stream", False),
        ("a.svg", "application/octet-stream", False),
        ("a.js", "application/octet-stream", False),
        ("a.pdf.html", "application/octet-stream", False),
        ("a", "application/octet-stream", False),
    ],
)
def test_n41_nothing_that_runs_is_given_out_as_such(
    client: Client, name: str, media_type: str, shown: bool
) -> None:
    file = _file(name, b"<script>alert(1)</script>")
    response = client.get(file.url)
    assert response.headers["Content-Type"] == media_type
    assert response.headers["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("asked", "status", "body", "part"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=8-", 206, b"89", "bytes 8-9/10"),
        ("bytes=-3", 206, b"789", "bytes 7-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=4-2", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
        ("bytes=" + "9" * 40 + "-", 200, b"0123456789", None),
    ],
)
def test_parts_of_a_file(
    client: Client, asked: str, status: int, body: bytes, part: str | None
) -> None:
    file = _file("phim.mp4")
    response = client.get(file.url, headers={"Range": asked})
    assert (response.status_code, _body(response)) == (status, body)
    assert response.headers.get("Content-Range") == part
    assert response.headers["Content-Length"] == str(len(body))
    other = client.get(file.url, headers={"Range": asked, "If-Range": '"older"'})
    assert (other.status_code, _body(other)) == (200, b"0123456789")


def _never(client: Client) -> Any:
    return client.get("/documents/987654/never.pdf")


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_n05_a_private_file_is_as_one_that_never_was(client: Client, kind: str) -> None:
    above = make_collection("Trên")
    below = make_collection("Dưới", parent=above)
    file = make_file("Kín", collection=below)
    etag = client.get(file.url).headers["ETag"]
    CollectionViewRestriction.objects.create(
        collection=above, restriction_type=kind, password="mat-khau" if kind == "password" else ""
    )
    for headers in ({}, {"If-None-Match": etag}, {"If-None-Match": "*"}, {"Range": "bytes=0-1"}):
        response = client.get(file.url, headers=headers)
        assert (response.status_code, response.content) == (404, _never(client).content)
        assert dict(response.headers) == dict(_never(client).headers)
    assert client.head(file.url).status_code == 404


def test_who_is_signed_in_gets_it_for_himself(client: Client) -> None:
    file = make_file("Kín", collection=make_collection("Kín", private=True))
    client.force_login(User.objects.create_user("an"))
    response = client.get(file.url)
    assert _body(response) == "Kín".encode()
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Cache-Tag" not in response.headers
    assert "Cookie" in response.headers["Vary"]


def test_moving_a_collection_takes_effect_at_once(client: Client) -> None:
    public, private = make_collection("Mở"), make_collection("Kín", private=True)
    public.refresh_from_db()  # collections stand in the order of their names
    image, file = make_image(collection=public), make_file(collection=public)
    read: Any = read_image(image, Build())
    address = read["presets"]["card"]["src"]
    assert client.get(address).status_code == client.get(file.url).status_code == 200
    Collection.objects.get(pk=public.pk).move(
        Collection.objects.get(pk=private.pk), pos="sorted-child"
    )
    assert client.get(address).status_code == client.get(file.url).status_code == 404


def test_media_is_for_people_in_the_admin(client: Client, admin_client: Client) -> None:
    image = make_image(collection=make_collection("Kín", private=True))
    rendition = image.get_rendition("max-165x165")
    original = f"/media/{image.file.name}"
    file = f"/media/{make_file('Kín').file.name}"
    for address in (rendition.url, original, file, "/media/", "/media/images/",
                    "/media/images/../original_images/x.png", "/media/images/x.png"):  # fmt: skip
        assert client.get(address).status_code == 404, address
    response = admin_client.get(rendition.url)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    for address in (original, file, "/media/images/"):
        assert admin_client.get(address).status_code == 404, address
    client.force_login(User.objects.create_user("an"))  # signed in, but not at work in the admin
    assert client.get(rendition.url).status_code == 404
