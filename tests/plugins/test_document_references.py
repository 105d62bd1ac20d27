"""References resolve by themselves, in both directions, and open again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import orjson
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from cms.changes.worker import Worker
from cms.pages.models import Organisation
from cms.pages.reading import load_document
from cms.pages.verification import verify_documents
from cms.plugins.official_document.models import (
    DocumentEvent,
    DocumentReference,
    OfficialDocumentPage,
)
from tests.fixtures.portal import Portal, publish

pytestmark = pytest.mark.django_db


def read(page: OfficialDocumentPage) -> dict[str, Any]:
    row = load_document(pk=page.pk)
    assert row is not None
    document: dict[str, Any] = orjson.loads(bytes(row.body))
    return document


def citing(portal: Portal, *references: DocumentReference) -> OfficialDocumentPage:
    page = OfficialDocumentPage(
        title="Kế hoạch",
        number="60/KH-LMHTX",
        document_type="KH",
        abstract="Thi đua",
        issued_on=date(2026, 4, 21),
    )
    page.references = list(references)
    return publish(portal.texts, page)


def letter(day: date | None = None) -> DocumentReference:
    return DocumentReference(relation="implements", number="2347/UBND-TTr", issued_on=day)


def test_an_open_reference_resolves_when_its_document_comes(portal: Portal) -> None:
    plan = citing(portal, letter(date(2026, 3, 24)))
    assert read(plan)["resolved_references"] == [
        {"relation": "implements", "number": "2347/UBND-TTr", "status": "open", "document": None}
    ]
    found = portal.document("2347/UBND-TTr", document_type="CV", issued_on=date(2026, 3, 24))
    reference = read(plan)["resolved_references"][0]
    assert (reference["status"], reference["document"]["id"]) == ("resolved", found.pk)
    assert [entry["document"]["id"] for entry in read(found)["cited_by"]] == [plan.pk]
    assert list(verify_documents()) == []


def test_a_reference_opens_again_when_its_document_is_withdrawn(portal: Portal) -> None:
    found = portal.document("2347/UBND-TTr", document_type="CV")
    plan = citing(portal, letter())
    assert read(plan)["resolved_references"][0]["status"] == "resolved"
    found.unpublish()
    assert read(plan)["resolved_references"][0]["status"] == "open"


def test_a_reference_that_was_taken_out_leaves_the_other_side(portal: Portal) -> None:
    found = portal.document("2347/UBND-TTr", document_type="CV")
    plan = citing(portal, letter())
    assert len(read(found)["cited_by"]) == 1
    plan.references = []
    plan.save_revision().publish()
    assert read(found)["cited_by"] == []
    assert list(verify_documents()) == []


def test_a_number_of_another_year_is_not_the_same_document(portal: Portal) -> None:
    portal.document("2347/UBND-TTr", document_type="CV", issued_on=date(2025, 3, 24))
    plan = citing(portal, letter(date(2026, 3, 24)))
    assert read(plan)["resolved_references"][0]["status"] == "open"


def test_two_candidates_without_a_date_leave_the_reference_open(portal: Portal) -> None:
    portal.document("2347/UBND-TTr", document_type="CV", issued_on=date(2025, 3, 24))
    second = portal.document("2347/UBND-TTr", document_type="CV", issued_on=date(2026, 3, 24))
    plan = citing(portal, letter())
    assert read(plan)["resolved_references"][0]["status"] == "open"
    second.unpublish()
    assert read(plan)["resolved_references"][0]["status"] == "resolved"


def test_a_chosen_document_is_cited_by_its_chooser(portal: Portal) -> None:
    found = portal.document("18/CT-TTg", document_type="CT")
    plan = citing(portal, DocumentReference(relation="based_on", target=found))
    assert read(found)["cited_by"][0]["relation"] == "based_on"
    assert read(plan)["resolved_references"][0]["document"]["id"] == found.pk


def test_validity_turns_on_its_day_without_an_editor(portal: Portal) -> None:
    page = OfficialDocumentPage(
        title="Quy chế",
        number="12/QC-LMHTX",
        document_type="QC",
        abstract="Làm việc",
        issued_on=timezone.localdate(),
    )
    page.events = [DocumentEvent(action="replaced", on=timezone.localdate() + timedelta(days=2))]
    page = publish(portal.texts, page)
    assert read(page)["validity"]["status"] == "in_force"
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        assert read(page)["validity"]["status"] == "expired"
        Worker().round()
        assert list(verify_documents()) == []


def test_a_double_of_number_issuer_and_date_is_refused(portal: Portal) -> None:
    issuer = Organisation.objects.create(code="lmhtx", name="Liên minh HTX")
    portal.document("60/KH-LMHTX", issuer=issuer)
    with pytest.raises(ValidationError, match="number"):
        portal.document("60 /KH-LMHTX", issuer=issuer, slug="khac")


def test_what_is_no_number_is_refused_with_an_example(portal: Portal) -> None:
    with pytest.raises(ValidationError) as error:
        portal.document("21/4/2020")
    assert "60/KH-LMHTX" in str(error.value)
