"""N42, N41: hostile pictures are refused, at little cost, by the form, the model and the import."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from PIL import Image

from cms.pages.kinds import IntakeError
from cms.pages.models import PortalImage
from cms.pages.pictures.inspection import read_picture
from cms.pages.pictures.refusal import PictureRefusedError
from cms.pages.transfer.media import MediaWriter
from tests.images.pictures import HOSTILE, encode
from tests.transfer.test_media import image_line

PROJECT = Path(__file__).resolve().parents[2]
MEASURE = """
import json, resource, sys, time
import django
django.setup()
from pathlib import Path
from cms.pages.pictures.inspection import read_picture
from cms.pages.pictures.refusal import PictureRefusedError
folder = Path(sys.argv[1])
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
# A picture that asks for more than this dies here, instead of filling the machine.
held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (held + 500 * 2**20, held + 500 * 2**20))
found = {}
for path in sorted(folder.iterdir()):
    began = time.process_time()
    try:
        with path.open("rb") as file:
            read_picture(file, path.name.partition("_")[2])
        verdict = "taken"
    except PictureRefusedError as refusal:
        verdict = refusal.code
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    found[path.name] = [verdict, time.process_time() - began, grown // 1024]
print(json.dumps(found))
"""


def test_n42_refused_within_a_second_and_200_mb(tmp_path: Path) -> None:
    """In a process of its own, whose memory is measured from what it had before."""
    names = {}
    for number, (what, (name, data)) in enumerate(HOSTILE.items()):
        file = tmp_path / f"{number:03}_{name}"
        file.write_bytes(data)
        names[file.name] = what
    done = subprocess.run(  # noqa: S603 - this Python, and a program of our own
        [sys.executable, "-c", MEASURE, str(tmp_path)],
        cwd=PROJECT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found) == len(HOSTILE)
    for name, (verdict, seconds, megabytes) in found.items():
        assert verdict != "taken", names[name]
        assert megabytes < 200, (names[name], megabytes)
        # Ten times what is measured on the slow machine that this was written on.
        assert seconds < 5, (names[name], seconds)


@pytest.mark.parametrize("what", HOSTILE)
def test_the_model_refuses_it_however_it_comes(db: None, what: str) -> None:
    name, data = HOSTILE[what]
    with pytest.raises(PictureRefusedError):
        image = PortalImage(title="x", file=ContentFile(data, name))
        image.save()
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize("what", ["bomb", "truncated JPEG", "svg script", "wrong extension"])
def test_an_import_refuses_it(db: None, what: str) -> None:
    name, data = HOSTILE[what]
    with pytest.raises(IntakeError):
        MediaWriter(None).apply(image_line(data, name))
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize("what", HOSTILE)
def test_the_form_says_why_in_vietnamese(admin_client: Client, what: str) -> None:
    User.objects.update()  # the admin client's user is there
    name, data = HOSTILE[what]
    file = SimpleUploadedFile(name, data, "image/png")
    response = admin_client.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": file, "title": "x", "collection": "1"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    answer = json.loads(response.content)
    assert answer["success"] is False
    assert any(ord(letter) > 127 for letter in answer["error_message"]), answer
    assert not PortalImage.objects.exists()


def test_a_harmless_upload_is_taken(admin_client: Client) -> None:
    file = SimpleUploadedFile("a.jpg", encode(Image.new("CMYK", (400, 300)), "JPEG"), "image/jpeg")
    response = admin_client.post(
        reverse("wagtailimages:add"), {"title": "Ảnh", "file": file, "collection": "1"}
    )
    assert response.status_code == 302
    image = PortalImage.objects.get()
    assert (image.width, image.height, image.media_type) == (400, 300, "image/jpeg")
    assert len(image.sha256) == 64


def test_every_refusal_is_translated() -> None:
    refusals = [
        PictureRefusedError.unreadable(), PictureRefusedError.wrong_name("PNG", "png"),
        PictureRefusedError.too_heavy(2**20), PictureRefusedError.too_large(10**6),
        PictureRefusedError.too_many_frames(3), PictureRefusedError.active("script"),
    ]  # fmt: skip
    with translation.override("en"):
        english = [refusal.messages[0] for refusal in refusals]
    with translation.override("vi"):
        vietnamese = [refusal.messages[0] for refusal in refusals]
    assert not set(english) & set(vietnamese)


def test_it_leaves_a_file_at_its_beginning() -> None:
    file = io.BytesIO(encode(Image.new("RGB", (5, 4))))
    assert read_picture(file, "a.PNG").width == 5
    assert file.tell() == 0
