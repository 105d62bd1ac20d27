"""Thousands of pages in seconds, past the editor's way: tree rows and model rows in bulk.

``add_child`` and ``publish`` take some thirty statements a page. What they would leave behind in a
live page's own rows is written here directly; what the reader needs beyond them is the loader's.
Neither site gets revisions, search entries or reference indexes, which no measured answer reads.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.core.files.images import ImageFile
from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import sql
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import Page

__all__ = ["IMAGES", "add_images", "insert_pages", "write_ids"]

IMAGES = 8
_BATCH = 500  # rows a statement


def add_images() -> list[int]:
    """Adds the images that the plans show, each of its own colours; returns their ids."""
    ids = []
    for number in range(IMAGES):
        chance = random.Random(number)  # noqa: S311 - the same pictures on both sites
        pixels = bytes(chance.randrange(256) for _ in range(16 * 10 * 3))
        picture = Picture.frombytes("RGB", (16, 10), pixels).resize((1600, 1000))
        file = io.BytesIO()
        picture.save(file, "JPEG", quality=80)
        image = get_image_model()(
            title=f"Ảnh tư liệu {number + 1}",
            description="Thành viên trao đổi bên bản đồ quy hoạch vùng trồng",
            file=ImageFile(file, name=f"tu-lieu-{number + 1}.jpg"),
        )
        image.save()
        ids.append(image.pk)
    return ids


def insert_pages[P: Page](parent: Page, pages: Sequence[P]) -> None:
    """Writes live pages of one model below ``parent``, which has no children yet, in this order.

    The pages have title and slug; ids, tree places and times are set here.
    """
    model = type(pages[0])
    now = timezone.now()
    first = (Page.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
    for number, page in enumerate(pages):
        page.pk = page.page_ptr_id = page.id = first + number
        page.path = Page._get_path(parent.path, parent.depth + 1, number + 1)
        page.depth, page.numchild = parent.depth + 1, 0
        page.url_path = f"{parent.url_path}{page.slug}/"
        page.draft_title, page.live, page.has_unpublished_changes = page.title, True, False
        page.first_published_at = page.last_published_at = now
        page.latest_revision_created_at = now
        page.locale = parent.locale
        page._cached_parent_obj = parent  # where treebeard keeps it: saves a query each
        page.content_type = page.cached_content_type
    _insert(Page, pages)
    _insert(model, pages)
    Page.objects.filter(pk=parent.pk).update(numchild=len(pages))
    with connection.cursor() as cursor:  # ids were given here: the sequence has to follow
        for statement in connection.ops.sequence_reset_sql(no_style(), [Page]):
            cursor.execute(statement)


def _insert(model: type[models.Model], rows: Iterable[Any]) -> None:
    """One model's own columns of the rows: what bulk_create refuses for a model with a parent."""
    fields = list(model._meta.local_concrete_fields)
    rows = list(rows)
    for start in range(0, len(rows), _BATCH):
        query = sql.InsertQuery(model)
        query.insert_values(fields, rows[start : start + _BATCH])
        query.get_compiler(connection=connection).execute_sql()


def write_ids(path: Path, pages: Sequence[Page], issuers: Sequence[models.Model]) -> None:
    """Notes which ids the plans and the organisations got, in the order of the content."""
    ids = {"pages": [page.pk for page in pages], "issuers": [one.pk for one in issuers]}
    path.write_text(json.dumps(ids), encoding="ascii")
