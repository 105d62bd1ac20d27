"""Builders of content for tests: plain functions, each with what it needs and no more.

Pages come into being through the portal of ``tests.fixtures.portal``; what is made here is what
they refer to, and a page of every type that uses all of it.
"""

from __future__ import annotations

import io
import uuid
from datetime import UTC, date, datetime
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction

from cms.pages.models import (
    ContentPage,
    Organisation,
    Person,
    PortalDocument,
    PortalImage,
    Topic,
)
from cms.plugins.announcement.models import AnnouncementAttachment, AnnouncementPage
from cms.plugins.article.models import ArticleAttachment, ArticlePage, RelatedPage
from cms.plugins.gallery.models import PhotoAlbumPage, PhotoItem, VideoPage
from cms.plugins.official_document.models import DocumentReference, OfficialDocumentPage
from cms.plugins.resource.models import ResourceFile, ResourcePage
from cms.plugins.support.models import LegalBasis, SupportPage
from tests.fixtures.portal import Portal, publish

__all__ = [
    "block",
    "make_collection",
    "make_every_type",
    "make_file",
    "make_image",
    "make_organisation",
    "make_person",
    "make_private",
    "make_topic",
    "translate",
]


def make_image(
    title: str = "Ảnh", *, size: tuple[int, int] = (800, 500), collection: Collection | None = None
) -> PortalImage:
    """A plain picture, ``size`` in pixels; each title has a colour, so a digest, of its own."""
    colour = tuple(uuid.uuid5(uuid.NAMESPACE_URL, title).bytes[:3])
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    image = PortalImage(title=title, description=f"Mô tả {title}", credit="PKH")
    if collection is not None:
        image.collection = collection
    image.file = ContentFile(buffer.getvalue(), f"{uuid.uuid4().hex}.png")
    image.save()
    return image


def make_file(title: str = "Tệp", *, collection: Collection | None = None) -> PortalDocument:
    """A small text file for download."""
    file = PortalDocument(title=title)
    if collection is not None:
        file.collection = collection
    file.file = ContentFile(title.encode(), f"{uuid.uuid4().hex}.txt")
    file.save()
    return file


def make_topic(slug: str = "thi-dua", name: str = "", parent: Topic | None = None) -> Topic:
    """A topic; its name is its slug unless given."""
    topic = Topic(slug=slug, name=name or slug, parent=parent)
    topic.save()
    return topic


def make_organisation(code: str = "lmhtx", name: str = "Liên minh HTX") -> Organisation:
    """A body that issues documents."""
    organisation = Organisation(code=code, name=name)
    organisation.save()
    return organisation


def make_person(slug: str = "nguyen-van-a", full_name: str = "Nguyễn Văn A") -> Person:
    """Someone who signs."""
    person = Person(slug=slug, full_name=full_name)
    person.save()
    return person


def make_collection(name: str = "Bộ", *, private: bool = False, parent: Any = None) -> Collection:
    """A collection below the root or below ``parent``, for signed-in readers alone if private."""
    above = Collection.objects.get(pk=parent.pk) if parent else Collection.get_first_root_node()
    collection: Collection = above.add_child(name=name)
    if private:
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=CollectionViewRestriction.LOGIN
        )
    return collection


def make_private(page: Page) -> PageViewRestriction:
    """Lets only signed-in readers see the page and what stands below it."""
    restriction: PageViewRestriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.LOGIN
    )
    return restriction


def translate[P: ContentPage](page: P, title: str, code: str = "en") -> P:
    """A published translation of the page, its ancestors copied where they are missing."""
    locale, _ = Locale.objects.get_or_create(language_code=code)
    copy: P = page.copy_for_translation(locale, copy_parents=True)
    copy.title = title
    copy.live = True
    copy.save_revision().publish()
    for ancestor in copy.get_ancestors().filter(depth__gt=1, live=False):
        ancestor.specific.save_revision().publish()
    fresh: P = type(page).objects.get(pk=copy.pk)
    return fresh


def block(name: str, value: Any) -> dict[str, Any]:
    """A stored block of a stream."""
    return {"type": name, "id": str(uuid.uuid4()), "value": value}


def make_every_type(portal: Portal) -> dict[str, ContentPage]:
    """A published page of every bundled type by public name, with references of every sort."""
    topic, body, person = make_topic(), make_organisation(), make_person()
    image, file = make_image(), make_file()
    text = block("paragraph", f'<p>Xem <a linktype="page" id="{portal.news.pk}">tin tức</a></p>')
    picture = {"image": image.pk, "alt_text": "Hội nghị", "decorative": False}
    bodies = [
        text,
        block("heading", {"text": "Mục đích", "level": "2"}),
        block("image", {"image": picture, "caption": "Toàn cảnh"}),
        block("file_list", {"title": "Tệp", "files": [file.pk]}),
        block("page_cards", {"title": "Đọc thêm", "pages": [portal.texts.pk]}),
    ]
    article = ArticlePage(
        title="Hợp tác xã kiểu mới", lead="Lời dẫn", image=image, image_alt="Ảnh", body=bodies,
        byline_unit=body, source_name="Báo",
        source_published_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), topics=[topic],
        related_pages=[RelatedPage(target=portal.texts)],
        attachments=[ArticleAttachment(file=file)],
    )  # fmt: skip
    announcement = AnnouncementPage(
        title="Thông báo nghỉ lễ", summary="Tóm tắt", body=[text],
        valid_from=datetime(2026, 1, 1, tzinfo=UTC),
        attachments=[AnnouncementAttachment(file=file)],
    )  # fmt: skip
    document = OfficialDocumentPage(
        title="Kế hoạch 61/KH-LMHTX", number="61/KH-LMHTX", document_type="KH", issuer=body,
        issued_on=date(2026, 4, 21), abstract="Trích yếu", signer=person, topics=[topic],
        body=[block("clause", {"heading": "Mục tiêu", "text": "<p>Một</p>", "items": [text]})],
        references=[DocumentReference(relation="cites", number="18/CT-TTg")],
    )  # fmt: skip
    answer = SupportPage(
        title="Thủ tục đăng ký", question="Đăng ký thế nào?", field=topic, answer=[text],
        asked_on=date(2026, 2, 3), answered_on=date(2026, 2, 5), answered_by=body,
        reviewed_by=person, legal_basis=[LegalBasis(document=portal.texts, provision="Điều 8")],
    )  # fmt: skip
    resource = ResourcePage(
        title="Sổ tay", kind="handbook", summary="Tóm tắt", cover=image, author=body, year=2026,
        topics=[topic], body=[text], files=[ResourceFile(file=file, note="PDF")],
    )  # fmt: skip
    album = PhotoAlbumPage(
        title="Hội nghị", summary="Ảnh", taken_on=date(2026, 3, 4), place="Huế", topics=[topic],
        photos=[PhotoItem(image=image, alt="Ảnh", caption="Chú thích")],
    )  # fmt: skip
    video = VideoPage(
        title="Phóng sự", summary="Phim", video_url="https://video.example.vn/1", poster=image,
        poster_alt="Ảnh", duration_seconds=90, topics=[topic],
    )  # fmt: skip
    pages: dict[str, ContentPage] = {"home": portal.home, "section": portal.news}
    for page in (article, announcement, document, answer, resource, album, video):
        pages[page.type_name()] = publish(portal.news, page)
    return pages
