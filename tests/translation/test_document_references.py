"""References between official documents find them in the reader's language (N12)."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
from wagtail.models import Page

from cms.pages.verification import verify_documents
from cms.plugins.official_document.models import DocumentReference, OfficialDocumentPage
from tests.factories import make_private, translate
from tests.fixtures.portal import Portal, read
from tests.translation.links import unpublish


def referring(portal: Portal, **reference: Any) -> OfficialDocumentPage:
    """A published plan that names another."""
    return portal.document("9/KH-LMHTX", references=[DocumentReference(**reference)])


def named(page: Page) -> Any:
    """The id of the document that the page's only reference leads to."""
    (reference,) = orjson.loads(read(pk=page.pk).body)["resolved_references"]
    assert (reference["status"] == "resolved") == (reference["document"] is not None)
    return reference["document"] and reference["document"]["id"]


def citing(page: Page) -> list[int]:
    body = orjson.loads(read(pk=page.pk).body)
    return [one["document"]["id"] for one in body["cited_by"]]


def test_number_in_a_foreign_page_finds_the_document_in_either_language(portal: Portal) -> None:
    page = translate(referring(portal, number="1/KH-LMHTX"), "Plan 9")
    assert named(page) is None
    cited = portal.document("1/KH-LMHTX")
    assert named(page) == cited.pk
    english = translate(cited, "Plan 1")
    assert named(page) == english.pk
    unpublish(english)
    assert named(page) == cited.pk
    make_private(cited)
    assert named(page) is None
    assert not list(verify_documents())


def test_number_in_the_portals_language_finds_no_foreign_document(portal: Portal) -> None:
    page = referring(portal, number="1/KH-LMHTX")
    cited = portal.document("1/KH-LMHTX")
    translate(cited, "Plan 1")
    assert named(page) == cited.pk
    unpublish(cited)
    assert named(page) is None


def test_own_number_leads_to_no_other_language(portal: Portal) -> None:
    page = translate(referring(portal, number="9/KH-LMHTX"), "Plan 9")
    assert named(page) is None


def test_ambiguous_number_stays_open_in_its_own_language(portal: Portal) -> None:
    first = portal.document("1/KH-LMHTX")
    page = translate(referring(portal, number="1/KH-LMHTX"), "Plan 9")
    assert named(page) == first.pk
    portal.document("1/KH-LMHTX", slug="nam-truoc", issued_on=date(2025, 4, 21))
    assert named(page) is None


def test_documents_name_each_other_in_their_own_language(portal: Portal) -> None:
    cited = portal.document("1/KH-LMHTX")
    english = translate(cited, "Plan 1")
    source = referring(portal, target=cited)
    page = translate(source, "Plan 9")
    assert named(source) == cited.pk
    assert named(page) == english.pk
    assert citing(cited) == [source.pk]
    assert citing(english) == [page.pk]
    unpublish(page)
    assert citing(english) == []
    assert not list(verify_documents())
