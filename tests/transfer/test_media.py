"""Images and files: in their lines, in a folder, and as references."""

from __future__ import annotations

import base64
import hashlib
import io
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.files.storage import default_storage
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from cms.pages.models import PortalDocument, PortalImage
from cms.pages.reading import load_document
from cms.pages.transfer.folder import MediaFolder
from cms.pages.transfer.outcome import Outcome
from tests.transfer.lines import HOME, NEWS, article, empty_database, export, exported, load

pytestmark = pytest.mark.django_db


def picture(colour: str = "green", form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, form)
    return out.getvalue()


def image_line(data: bytes, name: str = "anh.png", **fields: Any) -> dict[str, Any]:
    digest = hashlib.sha256(data).hexdigest()
    encoded = base64.b64encode(data).decode()
    return {"type": "image", "sha256": digest, "filename": name, "data": encoded, **fields}


def file_line(data: bytes, name: str = "tep.pdf", **fields: Any) -> dict[str, Any]:
    return {**image_line(data, name, **fields), "type": "file"}


def stored_files() -> set[str]:
    found: set[str] = set()
    for folder in ("original_images", "documents"):
        if default_storage.exists(folder):
            found |= {f"{folder}/{name}" for name in default_storage.listdir(folder)[1]}
    return found


@pytest.fixture(autouse=True)
def portal(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    load([HOME, NEWS])


def test_image_is_made_with_all_that_is_said_of_it() -> None:
    line = image_line(
        picture(), title="Ruộng", alt="Ruộng bậc thang", credit="An",
        focal_point={"x": 30, "y": 20, "width": 10, "height": 8},
    )  # fmt: skip
    assert load([line]).said == []
    image = PortalImage.objects.get()
    assert (image.title, image.description, image.credit) == ("Ruộng", "Ruộng bậc thang", "An")
    assert (image.width, image.height, image.focal_point_x) == (60, 40, 30)
    assert image.sha256 == line["sha256"]
    assert load([line]).tally[Outcome.UNCHANGED] == 1
    assert load([{**line, "alt": "Khác"}]).tally[Outcome.UPDATED] == 1
    assert PortalImage.objects.get().description == "Khác"


def test_pages_show_images_by_digest_by_file_and_by_presets(tmp_path: Path) -> None:
    data = picture()
    (tmp_path / "anh.png").write_bytes(data)
    (tmp_path / "tep.pdf").write_bytes(b"%PDF-1.4")
    folder = MediaFolder(tmp_path)
    shown = {"image": {"file": "anh.png", "alt": "Ruộng"}, "caption": ""}
    files = {"type": "file_list", "value": {"title": "", "files": [{"file": "tep.pdf"}]}}
    lines = [
        article("/tin-tuc/a/", image={"file": "anh.png"}, attachments=[{"file": "tep.pdf"}],
                body=[{"type": "image", "value": shown}, files]),
        article("/tin-tuc/b/", image={"sha256": hashlib.sha256(data).hexdigest()}),
    ]  # fmt: skip
    assert load(lines, folder=folder).said == []
    row = load_document(path="/tin-tuc/a/")
    assert row is not None
    delivered = orjson.loads(row.body)
    assert delivered["body"][0]["value"]["image"]["alt"] == "Ruộng"
    assert delivered["attachments"][0]["file"]["filename"] == "tep.pdf"
    assert load([article("/tin-tuc/c/", image=delivered["image"])]).said == []
    assert exported("/tin-tuc/c/")["image"] == exported("/tin-tuc/b/")["image"]
    assert PortalImage.objects.count() == 1
    assert PortalDocument.objects.count() == 1


def test_export_gives_the_same_bytes_after_an_import_into_an_empty_database(
    tmp_path: Path, settings: Any
) -> None:
    body = [{"type": "image", "value": {"image": {"sha256": image_line(picture())["sha256"],
                                                  "alt": "Ruộng"}}}]  # fmt: skip
    point = {"x": 3, "y": 4, "width": 5, "height": 6}
    pdf = file_line(b"%PDF-1.4")
    attachments = [{"file": {"sha256": pdf["sha256"]}}]
    lines = [
        image_line(picture(), alt="Ruộng", focal_point=point),
        pdf,
        article("/tin-tuc/a/", body=body, attachments=attachments),
    ]  # fmt: skip
    load(lines)
    inline = export()
    folder = MediaFolder(tmp_path / "out")
    beside = export(folder)
    for exported_bytes, given in ((inline, None), (beside, folder)):
        empty_database()
        settings.MEDIA_ROOT = tmp_path / f"media-{given is None}"
        assert load(exported_bytes.splitlines(), folder=given).said == []
        assert export() == inline
        assert export(folder) == beside
    assert (tmp_path / "out" / "images" / "anh.png").read_bytes() == picture()


def test_only_media_that_pages_show_are_exported() -> None:
    load([image_line(picture()), article("/tin-tuc/a/")])
    assert b'"image"' not in export().replace(b'"image":', b"")


def test_media_of_a_private_collection_are_not_exported() -> None:
    line = image_line(picture())
    load([line, article("/tin-tuc/a/", image={"sha256": line["sha256"]})])
    private = Collection.get_first_root_node().add_child(name="Kín")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    PortalImage.objects.update(collection=private)
    assert line["sha256"].encode() not in export()
    assert exported("/tin-tuc/a/")["image"] is None


def test_same_bytes_uploaded_twice_are_one_line() -> None:
    line = image_line(picture())
    load([line])
    first = PortalImage.objects.get()
    second = PortalImage.objects.get()
    second.pk = None
    second.title = "Bản sao"
    second.save()
    load([article("/tin-tuc/a/", image={"sha256": line["sha256"]}), article("/tin-tuc/b/")])
    page = load_document(path="/tin-tuc/b/")
    assert page is not None
    other = page.page.specific
    other.image = second
    other.save_revision().publish()
    lines = [orjson.loads(raw) for raw in export().splitlines()]
    assert [one["title"] for one in lines if one["type"] == "image"] == [first.title]


def test_dry_run_stores_no_file() -> None:
    line = image_line(picture())
    lines = [line, file_line(b"%PDF"), article("/tin-tuc/a/", image={"sha256": line["sha256"]})]
    assert load(lines, dry_run=True).tally[Outcome.CREATED] == 3
    assert stored_files() == set()
    assert not PortalImage.objects.exists()


def test_refused_media_leave_no_file() -> None:
    result = load([image_line(picture(), title="x" * 300), file_line(b"x", "a.exe")])
    assert result.tally.failed == 2
    assert "title: " in result.said[0][1]
    assert "file: " in result.said[1][1]
    assert stored_files() == set()


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"no picture", "a.png", "data: This file can't be read as a picture"),
        (picture()[:60], "a.png", "data: This file can't be read as a picture"),
        (picture(), "a.jpg", "filename: The file is a PNG: its name must end in .png"),
        (picture(form="BMP"), "a.png", "none of JPEG, PNG"),
    ],
)
def test_bytes_that_are_no_picture_are_refused(data: bytes, name: str, reason: str) -> None:
    result = load([image_line(data, name)])
    assert reason in result.reasons


@pytest.mark.parametrize("name", ["../secret.png", "/etc/passwd", "khong-co.png", "", "a\x00b"])
def test_files_outside_of_the_folder_are_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.png").write_bytes(picture())
    (tmp_path / "in").mkdir()
    folder = MediaFolder(tmp_path / "in")
    result = load([article("/tin-tuc/a/", image={"file": name})], folder=folder)
    assert result.tally.failed == 1


def test_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(picture())
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.png").symlink_to(tmp_path / "secret.png")
    folder = MediaFolder(tmp_path / "in")
    result = load([article("/tin-tuc/a/", image={"file": "link.png"})], folder=folder)
    assert "there is no file 'link.png'" in result.reasons


def test_lost_bytes_are_reported_and_the_rest_is_exported() -> None:
    from cms.pages.transfer.export import export_lines

    line = image_line(picture())
    load([line, article("/tin-tuc/a/", image={"sha256": line["sha256"]})])
    default_storage.delete(PortalImage.objects.get().file.name)
    out = io.BytesIO()
    said: list[str] = []
    export_lines(out, report=said.append)
    assert "are gone" in said[0]
    assert b"/tin-tuc/a/" in out.getvalue()
