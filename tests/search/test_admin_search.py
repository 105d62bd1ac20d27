"""What editors find in the explorer and in choosers, and what they type for it."""

from __future__ import annotations

import unicodedata

import pytest
from wagtail.models import Page

from cms.plugins.official_document.models import OfficialDocumentPage
from tests.editor.plan import make_plan
from tests.fixtures.portal import Portal
from tests.search.conftest import Ask


@pytest.fixture
def plan(portal: Portal) -> OfficialDocumentPage:
    """A published plan, its number 60/KH-LMHTX, among other documents."""
    portal.document("605/KH-LMHTX", abstract="Kế hoạch khác")
    portal.document("06/KH-LMHTX", abstract="Hướng dẫn thực hiện Kế hoạch số 60/KH-LMHTX")
    portal.article("Tin về đại hội")
    return make_plan(portal)


@pytest.mark.parametrize(
    "query",
    [
        "Kế hoạch số 60",
        "ke hoach 60",
        "KẾ HOẠCH 60",
        "kế hoach 60",
        unicodedata.normalize("NFD", "Kế hoạch số 60"),
        "60/KH-LMHTX",
        "60 /KH-LMHTX",
        "60–KH/LMHTX",
        "60/kh-lmhtx",
        "60 KH LMHTX",
        "60-kh-lmhtx",
        "60khlmhtx",
        "60/KH-LM",
        "Số: 60/KH-LMHTX",
        "kế hoạch 060",
        "tap huan ke toan",
        "ke toan HTX",
        "kế toán hợp tác xã",
        "ke toan hop tac",
    ],
)
def test_finds_a_plan_by_whatever_an_editor_types(
    plan: OfficialDocumentPage, ask: Ask, query: str
) -> None:
    assert ask(Page, query)[0].pk == plan.pk
