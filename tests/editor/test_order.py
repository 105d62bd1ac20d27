"""Lists and choosers sort as a Vietnamese dictionary does, on both database systems."""

from __future__ import annotations

import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from wagtail.documents import get_document_model

from cms.pages.models import Organisation, Person, Topic
from cms.plugins.section.models import SectionPage
from cms.translation.models import GlossaryTerm
from search.models import Abbreviation
from tests.fixtures.portal import Portal, publish
from tests.images.pictures import make_picture

SORTED = ["An sinh", "Ảnh", "Đa dạng", "Đào tạo", "Em", "Ổn định", "Ưu đãi", "Vốn"]
MIXED = ["Vốn", "Đào tạo", "Ảnh", "Ưu đãi", "An sinh", "Em", "Đa dạng", "Ổn định"]

pytestmark = pytest.mark.django_db


def shown(client: Client, path: str, names: list[str] = MIXED) -> list[str]:
    """The names in the order in which the list of an answer has them."""
    body = client.get(f"/admin/{path}", follow=True).content.decode()
    body = re.sub(r"<select.*?</select>", "", body, flags=re.DOTALL)  # the filters have them too
    places = {
        name: match.start() for name in names if (match := re.search(rf">\s*{name}\s*<", body))
    }
    return sorted(places, key=places.__getitem__)


@pytest.mark.parametrize(("ordering", "expected"), [("title", SORTED), ("-title", SORTED[::-1])])
def test_the_pages_of_a_section(
    admin_client: Client, portal: Portal, ordering: str, expected: list[str]
) -> None:
    for title in MIXED:
        publish(portal.home, SectionPage(title=title))
    assert shown(admin_client, f"pages/{portal.home.pk}/?ordering={ordering}") == expected


def test_a_search_among_the_pages_of_a_section_may_be_ordered(
    admin_client: Client, portal: Portal
) -> None:
    publish(portal.home, SectionPage(title="Vốn"))
    answer = admin_client.get(f"/admin/pages/{portal.home.pk}/?q=Vốn&ordering=title")
    assert answer.status_code == 200


def test_all_pages(admin_client: Client, portal: Portal) -> None:
    for title in MIXED:
        publish(portal.home, SectionPage(title=title))
    assert shown(admin_client, "pages/search/?ordering=title") == SORTED
    assert shown(admin_client, "pages/search/results/?ordering=-title") == SORTED[::-1]
    answer = admin_client.get("/admin/pages/search/?q=Vốn&ordering=title")
    assert answer.status_code == 200


def test_the_list_of_all_pages_counts_them_in_words(admin_client: Client, portal: Portal) -> None:
    answer = admin_client.get("/admin/pages/search/").content.decode()
    assert re.search(r"1-(\d+) trong \1 trang\b", answer)


def test_terms_and_abbreviations(admin_client: Client, portal: Portal) -> None:
    GlossaryTerm.objects.all().delete()
    Abbreviation.objects.all().delete()
    for number, name in enumerate(MIXED):
        GlossaryTerm.objects.create(source=name, target=f"term {number}")
        Abbreviation.objects.create(abbreviation=f"M{number}", phrase=name)
    assert shown(admin_client, "snippets/translation/glossaryterm/") == SORTED
    assert shown(admin_client, "snippets/search/abbreviation/?ordering=phrase") == SORTED


def test_files_and_pictures(admin_client: Client, portal: Portal) -> None:
    for title in MIXED:
        get_document_model().objects.create(title=title, file=ContentFile(b"a", f"{title}.txt"))
        picture = make_picture(Image.new("RGB", (8, 8)))
        picture.title = title
        picture.save()
    assert shown(admin_client, "documents/") == SORTED
    assert shown(admin_client, "documents/results/?ordering=-title") == SORTED[::-1]
    assert shown(admin_client, "images/?ordering=title&layout=list") == SORTED


@pytest.mark.parametrize(
    "place", ["snippets/pages/organisation/", "snippets/choose/pages/organisation/results/"]
)
def test_organisations(admin_client: Client, portal: Portal, place: str) -> None:
    for number, name in enumerate(MIXED):
        Organisation.objects.create(name=name, code=f"M{number}")
    assert shown(admin_client, place) == SORTED


def test_topics_in_their_chooser(admin_client: Client, portal: Portal) -> None:
    for number, name in enumerate(MIXED):
        Topic.objects.create(name=name, slug=f"m-{number}")
    assert shown(admin_client, "snippets/choose/pages/topic/results/") == SORTED


def test_people_by_their_given_names(admin_client: Client, portal: Portal) -> None:
    people = ["Vũ Văn Ân", "Trần Dung", "Lê Đào"]
    for number, name in enumerate(reversed(people)):
        Person.objects.create(full_name=name, slug=f"p-{number}")
    place = "snippets/pages/person/"
    assert shown(admin_client, place, people) == people
    assert shown(admin_client, f"{place}?ordering=-full_name", people) == people[::-1]
    assert shown(admin_client, "snippets/choose/pages/person/results/", people) == people
