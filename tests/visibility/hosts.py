"""Public pages, menus, redirects and facts that lead to what will be hidden.

The hosts are made from the declarations: a page of each type for each reason, with every reference
that the type has pointing at what the reason hides. A new type, field or block is in the matrix as
soon as it is declared.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, Page

from cms.delivery.models import Menu
from cms.pages.models import ContentPage
from cms.plugins.article.models import ArticlePage
from cms.plugins.official_document.models import OfficialDocumentPage
from cms.plugins.registry import ContentType, registry
from cms.plugins.testing.block_samples import block_sample
from cms.plugins.testing.samples import Samples
from cms.portal.models import SiteFacts
from tests.factories import block, make_file, make_image, translate
from tests.fixtures.portal import Portal
from tests.sample_plugin.models import CoursePage
from tests.visibility.axes import Reason
from tests.visibility.subjects import Subject

__all__ = ["make_hosts", "make_lists_of_links"]


def _values_of(model: type[models.Model], number: int) -> Mapping[str, Any]:
    """What the types' own rules ask for."""
    if model is OfficialDocumentPage:
        return {"number": f"{100 + number}/KH-LMHTX"}
    if model is ArticlePage:
        return {"byline_unit": None}
    return {"length": datetime.timedelta(hours=number)} if model is CoursePage else {}


class _Referring(Samples):
    """Makes pages whose every reference leads to one page, one picture and one file."""

    def __init__(self, records: dict[type[models.Model], Any], above: Page) -> None:
        super().__init__(_values_of)
        self._records = records  # shared records have unique keys: one of a sort for all hosts
        self._above: Any = above
        self.course: Any = None

    def parent(self, content_type: ContentType) -> ContentPage:
        """Where the hosts of a reason stand."""
        parent: ContentPage = self.course if content_type.name == "lecture" else self._above
        return parent


def make_hosts(
    portal: Portal, subjects: Mapping[Reason, Subject], born_hidden: Sequence[ContentPage]
) -> None:
    """A host of each type for each reason, and the portal's front page for everything."""
    records: dict[type[models.Model], Any] = {}
    picture, file = make_image("Ảnh công khai"), make_file("Tệp công khai")
    home_body = [block("page_cards", {"title": "", "pages": [page.pk for page in born_hidden]})]
    for subject in subjects.values():
        # Below the section that is unpublished, so that `parent` of each type leads to it.
        below = subject.section if subject.reason is Reason.PARENT else portal.news
        samples = _Referring(records, below or portal.news)
        samples.home = subject.page or portal.texts
        samples.image = subject.media.image if subject.media else picture
        samples.file = subject.media.file if subject.media else file
        types = [one for one in registry.pages() if one.name != "home"]
        for one in sorted(types, key=lambda one: one.name == "lecture"):
            host = samples.page(one, subject.reason.number)
            subject.hosts[one.name] = host
            samples.course = host if one.name == "course" else samples.course
            if subject.reason is Reason.DRAFT and one.name not in ("course", "lecture"):
                subject.translated.append(translate(host, f"{Reason.DRAFT.word} translated"))
        subject.deep = _deep(portal, subject, samples)
        home_body += block_sample(type(portal.home)._meta.get_field("body").stream_block, samples)
    home = type(portal.home).objects.get(pk=portal.home.pk)
    home.body = home_body
    home.save_revision().publish()
    for subject in subjects.values():
        subject.hosts["home"] = home
        if subject.cited is not None:
            subject.hosts["cited"] = subject.cited


def _deep(portal: Portal, subject: Subject, samples: Samples) -> ContentPage:
    """A document with a card and a link at the bottom of its provisions, or media in a gallery."""
    number = subject.reason.number
    link = f'<p>Xem <a linktype="page" id="{samples.home.pk}">trang</a></p>'
    items = [block("citation", {"document": samples.home.pk, "number": ""}),
             block("paragraph", link)]  # fmt: skip
    for level in ("clause", "article", "chapter"):
        items = [block(level, {"number": "", "heading": level, "text": "", "items": items})]
    picture = {"image": {"image": samples.image.pk, "alt_text": "", "decorative": False},
               "caption": ""}  # fmt: skip
    items.append(block("gallery", {"title": "", "items": [picture]}))
    items.append(block("file_list", {"title": "", "files": [samples.file.pk]}))
    return portal.document(f"{200 + number}/KH-LMHTX", slug=f"sau-{number}", body=items)


def make_lists_of_links(
    subjects: Mapping[Reason, Subject], born_hidden: Sequence[ContentPage]
) -> None:
    """Menus, redirects and the portal's own links to everything that is or will be hidden."""
    pages = [one.page for one in subjects.values() if one.page is not None]
    sections = [one.section for one in subjects.values() if one.section is not None]
    translated = [one.english for one in subjects.values() if one.english is not None]
    for handle, chosen in (("main", [*pages, *sections, *born_hidden]), ("dich", translated)):
        entries = [
            block("page", {"page": page.pk, "title": "", "children": True, "items": []})
            for page in chosen
        ]
        locale = Locale.get_default()
        Menu.objects.create(title=handle, handle=handle, locale=locale, items=entries)
    for reason, subject in subjects.items():
        if subject.page is not None:
            Redirect.add_redirect(f"/cu-{reason.number}/", subject.page)
    for page in born_hidden:
        Redirect.add_redirect(f"/cu-kin-{page.pk}/", page)
    links = [{"title": "Liên kết", "page": page.pk, "url": ""} for page in [*pages, *born_hidden]]
    media = subjects[Reason.COLLECTION].media
    assert media is not None
    SiteFacts.objects.create(
        name="Cổng", logo=media.image,
        link_groups=[block("group", {"title": "Nhóm", "links": links})],
    )  # fmt: skip
