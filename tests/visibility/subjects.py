"""What is hidden: for each reason a page, a section with a page below it, a picture, a file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import SegmentOverride, Translation, TranslationContext
from wagtail_localize.operations import translate_object

from cms.pages.models import ContentPage, PortalDocument, PortalImage
from cms.pages.presets import picture_version
from cms.plugins.article.models import ArticleAttachment, ArticlePage
from cms.plugins.official_document.models import DocumentReference, OfficialDocumentPage
from cms.plugins.section.models import HomePage, SectionPage
from tests.factories import block, make_collection, make_file, make_image, make_private
from tests.fixtures.portal import Portal, publish
from tests.sample_plugin.models import CoursePage, LecturePage
from tests.visibility.axes import Reason, Secret

__all__ = ["HIDDEN_AFTER", "Media", "Subject", "hide", "make_subject", "media_of"]

HIDDEN_AFTER = timedelta(hours=2)
"""How long after it is made everything is hidden: what has a time has expired by then."""

_DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>{}</title></svg>'


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, a drawing and a file, and the collection above theirs."""

    image: PortalImage
    drawing: PortalImage
    file: PortalDocument
    above: Any


@dataclass(slots=True)
class Subject:
    """What one reason hides; ``hosts`` are public pages that lead to it, by type."""

    reason: Reason
    page: ContentPage | None = None
    section: ContentPage | None = None
    child: ContentPage | None = None
    english: ContentPage | None = None
    citing: OfficialDocumentPage | None = None
    """A document that names ``cited``."""
    cited: OfficialDocumentPage | None = None
    top: ContentPage | None = None
    media: Media | None = None
    hosts: dict[str, ContentPage] = field(default_factory=dict)
    deep: ContentPage | None = None
    translated: list[ContentPage] = field(default_factory=list)
    """English pages of the hosts that are hidden with it."""
    copies: list[ContentPage] = field(default_factory=list)
    """Public pages that show its text: aliases, and a translation that is kept in step with it."""

    @property
    def secret(self) -> Secret:
        """What must not be seen of it."""
        return Secret.of(self.reason, *self._digests())

    def _digests(self) -> list[str]:
        if self.media is None:
            return []
        versions = [picture_version(one) for one in (self.media.image, self.media.drawing)]
        return [*versions, self.media.file.sha256]

    def hidden_pages(self) -> list[ContentPage]:
        """The pages that are hidden each by itself."""
        found = [self.page, self.section, self.citing, *self.translated]
        return [page for page in found if page is not None]


def make_subject(portal: Portal, reason: Reason, english_news: Page) -> Subject:
    """Makes it, public as yet."""
    subject = Subject(reason)
    if reason is Reason.COLLECTION:
        subject.media = _private_media(reason)
        return subject
    if reason is Reason.DISABLED:
        page: ContentPage = publish(portal.news, CoursePage(
            **_texts(reason), summary=reason.word, starts_at=timezone.now() + timedelta(days=9),
        ))  # fmt: skip
        subject.page = subject.section = page
        subject.child = publish(page, LecturePage(title="Buổi", slug="con"))
    else:
        above: Page = portal.news
        if reason is Reason.ANCESTOR:
            above = subject.top = publish(above, _section(reason, f"tren-{reason.section_slug}"))
            above = publish(above, SectionPage(title="Giữa", slug="giua"))
        subject.section = publish(above, _section(reason, reason.section_slug))
        subject.child = publish(subject.section, ArticlePage(title="Bài dưới", slug="con"))
        _make_pages(subject, portal, above)
    assert subject.page is not None
    subject.english = publish(
        english_news,
        type(subject.page)(
            title=f"English {reason.number}",
            slug=f"english-{reason.number}",
            locale=Locale.objects.get(language_code="en"),
            translation_key=subject.page.translation_key,
        ),
    )
    return subject


def _make_pages(subject: Subject, portal: Portal, above: Page) -> None:
    reason = subject.reason
    if reason is Reason.PARENT:
        subject.page = subject.section
        return
    subject.page = publish(above, _article(reason))
    number = f"{10 + reason.number}/KH-LMHTX"
    subject.cited = portal.document(number, slug=f"duoc-dan-{reason.number}")
    subject.citing = publish(
        above,
        OfficialDocumentPage(
            **{**_texts(reason), "slug": f"dan-{reason.slug}"}, number=f"1/{reason.slug}",
            document_type="KH", issued_on=date(2026, 4, 21), abstract=reason.word,
            references=[DocumentReference(target=subject.cited, number=number)],
        ),
    )  # fmt: skip
    subject.copies = _copies(subject, portal)


def _copies(subject: Subject, portal: Portal) -> list[ContentPage]:
    """An alias in the same language, one in English, a translation of which nothing is done."""
    assert subject.page is not None and subject.citing is not None and subject.section is not None
    english = Locale.objects.get(language_code="en")
    translate_object(subject.section, [english])
    SegmentOverride.objects.create(  # else its address is made of its title
        locale=english, data_json=f'"{subject.section.slug}"',
        context=TranslationContext.objects.get(
            object_id=subject.section.translation_key, path="slug"
        ),
    )  # fmt: skip
    translation = Translation.objects.get(source__object_id=subject.section.translation_key)
    translation.save_target()
    synced = translation.get_target_instance()
    synced.get_latest_revision().publish()
    return [
        subject.page.create_alias(parent=portal.texts),
        subject.citing.copy_for_translation(english, copy_parents=True, alias=True),
        SectionPage.objects.get(pk=synced.pk),
    ]


def _texts(reason: Reason) -> dict[str, Any]:
    word = reason.word
    return {"title": f"{word} tiêu đề", "slug": reason.slug, "seo_title": word,
            "search_description": word}  # fmt: skip


def _body(reason: Reason) -> list[Any]:
    return [block("paragraph", f"<p>{reason.word}</p>"), block("heading", {"text": reason.word})]


def _section(reason: Reason, slug: str) -> SectionPage:
    return SectionPage(**{**_texts(reason), "slug": slug}, lead=reason.word, body=_body(reason))


def _article(reason: Reason) -> ArticlePage:
    word = reason.word
    media = media_of(word)
    return ArticlePage(
        **_texts(reason), lead=word, image=media[0], image_alt=word, image_caption=word,
        source_name=word, source_url=f"https://{word}.example.vn/", body=_body(reason),
        attachments=[ArticleAttachment(file=media[1])],
    )  # fmt: skip


def media_of(word: str, collection: Any = None) -> tuple[PortalImage, PortalDocument]:
    """A picture and a file that bear the word in every text, and in their files' names."""
    image = make_image(word, collection=collection)
    image.credit = word
    image.save()
    file = make_file(word, collection=collection)
    file.file = ContentFile(f"{word} {collection}".encode(), f"{word}.txt")
    file.sha256 = ""
    file.save()
    return image, file


def _private_media(reason: Reason) -> Media:
    above = make_collection("Trên")
    below = make_collection("Dưới", parent=above)
    image, file = media_of(reason.word, below)
    drawing = PortalImage(title=reason.word, description=reason.word, collection=below)
    drawing.file = ContentFile(_DRAWING.format(reason.word).encode(), f"{reason.word}.svg")
    drawing.save()
    return Media(image, drawing, file, above)


def hide(subject: Subject) -> None:
    """Hides it, as an editor would; what is to expire does so later, a plugin goes by a setting."""
    pages = [type(page).objects.get(pk=page.pk) for page in subject.hidden_pages()]
    match subject.reason:
        case Reason.DRAFT | Reason.PARENT:
            for page in pages:
                page.unpublish()
        case Reason.PRIVATE:
            for page in pages:
                make_private(page)
        case Reason.ANCESTOR:
            assert subject.top is not None
            make_private(subject.top)
        case Reason.EXPIRED:
            for page in pages:
                page.expire_at = timezone.now() + HIDDEN_AFTER / 2
                page.save_revision().publish()
        case Reason.SCHEDULED:
            for page in pages:
                page.unpublish()
                page.go_live_at = timezone.now() + timedelta(days=1)
                page.save_revision().publish()
        case Reason.SITE:
            _move_to_another_site(pages)
        case Reason.COLLECTION:
            assert subject.media is not None
            from wagtail.models import CollectionViewRestriction

            CollectionViewRestriction.objects.create(
                collection=subject.media.above, restriction_type="login"
            )


def _move_to_another_site(pages: list[ContentPage]) -> None:
    root = HomePage(title="Cổng khác", slug="cong-khac")
    Page.objects.get(depth=1).add_child(instance=root)
    Site.objects.create(hostname="khac.example", root_page=root)
    for page in pages:
        Page.objects.get(pk=page.pk).specific.move(Page.objects.get(pk=root.pk), pos="last-child")
