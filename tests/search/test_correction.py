"""A query that found nothing is put right in the site's own words."""

import pytest

from cms.vietnamese.contractions import Contractions
from search.analysis import Piece, analyser_for
from search.correction import correct, restore_marks
from search.query import parse_query
from tests.search.reference import ReferenceIndex

TEXTS = (
    "Phong trào thi đua, khen thưởng của hợp tác xã",
    "Thi đua khen thưởng thường xuyên",
    "Liên minh hợp tác xã tỉnh bảo hiểm xã hội",
)
ANALYSER = analyser_for("vi", Contractions([("HTX", "hợp tác xã")]))


def index() -> ReferenceIndex:
    entries = {}
    for key, text in enumerate(TEXTS):
        streams = ANALYSER.document([Piece(text)])
        entries[key] = {"text_fold": streams.fold, "text_pairs": streams.pairs}
    return ReferenceIndex(entries)


def corrected(typed: str) -> str | None:
    return correct(parse_query(typed, ANALYSER), ANALYSER, index())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("thi dua khen thuongr", "thi dua khen thuong"),
        ("khen thửơng", "khen thuong"),
        ("thi dua khne thuong", "thi dua khen thuong"),
        ("thi đua khn thưởng", "thi dua khen thuong"),
        ("hopwj tacs xax", "hop tac xa"),
        ("ddua", "dua"),
        ("HTX lien minnh", "htx lien minh"),
    ],
)
def test_a_word_that_no_page_has_becomes_one_that_some_have(typed: str, meant: str) -> None:
    assert corrected(typed) == meant


@pytest.mark.parametrize("typed", ["abcxyz", "", "…", "zz"])
def test_nothing_is_made_up(typed: str) -> None:
    assert corrected(typed) is None


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("thi dua khen thuong", "thi đua khen thưởng"),
        ("khen thuong thuong xuyen", "khen thưởng thường xuyên"),
        ("bao hiem la", "bảo hiểm la"),
        ("", ""),
    ],
)
def test_marks_are_those_of_the_pages(text: str, spelled: str) -> None:
    assert restore_marks(text, TEXTS) == spelled
