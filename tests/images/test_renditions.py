"""Sizes are made after publication by the worker, each once, whoever asks for it meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from PIL import Image

from cms.changes.models import Failure
from cms.changes.worker import Worker
from cms.pages import renditions
from cms.pages.claims import claimed
from cms.pages.models import PortalImage, PortalRendition
from cms.pages.pictures.rendering import PictureFilter
from cms.pages.presets import filter_spec, preset_renditions, presets_digest
from cms.pages.reading import load_document
from tests.factories import make_image
from tests.fixtures.portal import Portal
from tests.images.pictures import make_picture, picture_file


def _wanted(image: PortalImage) -> set[str]:
    return {str(filter_spec(image, one)) for one in preset_renditions(image)}


def _made(image: PortalImage) -> set[str]:
    return set(image.renditions.values_list("filter_spec", flat=True))


def _work(rounds: int = 30) -> None:
    worker = Worker(poll_seconds=0)
    for _ in range(rounds):
        if not worker.round():
            break


@pytest.mark.django_db(transaction=True)
def test_published_images_get_every_size_and_others_none(portal: Portal) -> None:
    shown, unused = make_image("Có"), make_image("Không")
    portal.article("Tin", image=shown)
    _work()
    assert _made(shown) == _wanted(shown)
    assert len(_wanted(shown)) == 3 * 4  # two widths of the card, one of each other preset
    assert not _made(unused)
    shown.refresh_from_db()
    assert shown.rendered == presets_digest()
    assert not Failure.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_made_anew_for_a_new_picture_and_new_presets(portal: Portal, settings: Any) -> None:
    image = make_image()
    portal.article("Tin", image=image)
    _work()
    first = dict(image.renditions.values_list("filter_spec", "file"))
    image.file = picture_file(Image.new("RGB", (700, 700), "navy"))
    image.save()
    _work()
    second = dict(image.renditions.values_list("filter_spec", "file"))
    assert _made(image) == _wanted(image)
    assert not set(first.values()) & set(second.values())
    image.refresh_from_db()
    settings.CMS_IMAGE_PRESETS = {"icon": {"widths": [64], "ratio": 1.0}}
    assert _wanted(image) - _made(image)
    _work()
    image.refresh_from_db()
    assert _wanted(image) <= _made(image)


@pytest.mark.django_db(transaction=True)
def test_a_round_takes_no_longer_for_many_images(portal: Portal, monkeypatch: Any) -> None:
    monkeypatch.setattr(renditions, "ROUND_SECONDS", 0)
    image = make_image()
    portal.article("Tin", image=image)
    worker = Worker(poll_seconds=0)
    counts = []
    for _ in range(4):
        worker.round()
        counts.append(image.renditions.count())
    assert max(after - before for before, after in pairwise(counts)) == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_gone_holds_nothing_back(portal: Portal) -> None:
    gone, there = make_image("Mất"), make_image("Còn")
    portal.article("Một", image=gone)
    portal.article("Hai", image=there)
    gone.file.storage.delete(gone.file.name)
    _work()
    assert _made(there) == _wanted(there)
    assert [failure.key for failure in Failure.objects.all()] == [f"image:{gone.pk}"]


@pytest.mark.django_db(transaction=True)
def test_images_from_before_are_described(portal: Portal) -> None:
    exif = Image.Exif()
    exif[0x0112] = 8
    image = make_picture(Image.new("RGB", (300, 200), "#aa0000"), "JPEG", exif=exif.tobytes())
    portal.article("Tin", image=image)
    PortalImage.objects.update(media_type="", color="", width=300, height=200)
    _work()
    image.refresh_from_db()
    assert (image.media_type, image.width, image.height) == ("image/jpeg", 200, 300)
    row = load_document(type="article")
    assert row is not None
    assert image.color.encode() in bytes(row.body)


def _at_once(work: Callable[[], None], count: int) -> list[BaseException]:
    """Runs the work in threads that start together; returns what was raised."""
    barrier, errors = threading.Barrier(count), list[BaseException]()

    def run() -> None:
        try:
            barrier.wait()
            work()
        except BaseException as error:  # noqa: BLE001 - told to the test, whatever it is
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


@pytest.mark.django_db(transaction=True)
def test_a_size_is_made_once_by_all_who_ask_at_once(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    image = make_picture(Image.effect_noise((1600, 900), 60).convert("RGB"), "JPEG")
    portal.article("Tin", image=image)
    runs: list[str] = []
    real = PictureFilter.run

    def counted(self: PictureFilter, *args: Any, **kwargs: Any) -> Any:
        runs.append(self.spec)
        return real(self, *args, **kwargs)

    monkeypatch.setattr(PictureFilter, "run", counted)
    address = f"/images/{image.pk}/{image.sha256[:12]}/content/1440.avif"

    def ask() -> None:
        assert Client().get(address).status_code == 200

    def work() -> None:
        ask() if threading.current_thread().name.endswith(("1", "3", "5")) else _work(3)

    assert _at_once(work, 6) == []
    assert len(runs) == len(set(runs))
    rows = PortalRendition.objects.filter(image=image)
    assert len({row.filter_spec for row in rows}) == len(rows)
    folder = Path(settings.MEDIA_ROOT) / "images"
    files = {path.name for path in folder.glob(f"{Path(image.file.name).stem[:10]}*")}
    assert files == {Path(row.file.name).name for row in rows}


@pytest.mark.django_db(transaction=True)
def test_a_claim_lets_one_in_at_a_time(transactional_db: None) -> None:
    inside, most = 0, 0
    lock = threading.Lock()

    def work() -> None:
        nonlocal inside, most
        for _ in range(20):
            with claimed("x"):
                with lock:
                    inside += 1
                    most = max(most, inside)
                with lock:
                    inside -= 1

    assert _at_once(work, 4) == []
    assert most == 1
    with pytest.raises(ValueError, match="let go"), claimed("x"):
        raise ValueError("let go")
    with claimed("x"), claimed("y"):
        pass


@pytest.mark.django_db
def test_names_of_files_give_no_way_out(db: None) -> None:
    data = picture_file(Image.new("RGB", (50, 50))).read()
    image = PortalImage(title="x", file=ContentFile(data, "../../../x y/Ảnh đẹp.png"))
    image.save()
    assert Path(image.file.path).is_relative_to(settings.MEDIA_ROOT)
