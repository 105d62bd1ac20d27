"""The glossary: what ships, and what it warns of."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from cms.translation.models import GlossaryTerm
from cms.translation.terms.checking import Problem, check_terms, terms_in
from cms.translation.terms.glossary import forget_glossaries
from cms.translation.terms.shipped import read_shipped_terms

pytestmark = pytest.mark.usefixtures("fresh_glossary")
PAIR = ("vi", "en")


def add(source: str, target: str, **fields: object) -> GlossaryTerm:
    term = GlossaryTerm(source=source, target=target, **fields)
    term.full_clean()
    term.save()
    forget_glossaries()
    return term


def problems(source: str, target: str) -> list[tuple[str, str]]:
    return [(f.problem.value, f.term.source) for f in check_terms(source, target, PAIR)]


def test_at_least_150_terms_ship_and_all_are_in_the_table() -> None:
    shipped = read_shipped_terms()
    assert len(shipped) >= 150
    assert GlossaryTerm.objects.filter(source_locale="vi", target_locale="en").count() == len(
        shipped
    )


def test_every_shipped_term_is_valid_and_passes_its_own_check() -> None:
    for term in GlossaryTerm.objects.all():
        term.full_clean()
        assert problems(term.source, term.target) == [], term


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("HTX nông nghiệp Tân Tiến", "Tan Tien agricultural cooperative"),
        ("Liên minh HTX tỉnh Vĩnh Long", "Vinh Long Provincial Cooperative Alliance"),
        ("UBND tỉnh ban hành <b>kế hoạch</b>", "The provincial People's Committee issued a plan"),
        ("Sản phẩm OCOP", "One Commune One Product (OCOP) goods"),
        ("Các hợp tác xã", "Cooperatives"),
        ("Hợp tác xã thủy lợi", "An irrigation cooperative"),
        ("Hòa bình", ""),
    ],
)
def test_a_right_translation_has_no_warning(source: str, target: str) -> None:
    assert problems(source, target) == []


def test_a_term_that_is_not_translated_as_agreed_is_listed() -> None:
    assert problems("UBND xã", "Commune authorities") == [("missing", "Ủy ban nhân dân")]
    assert problems("Liên minh HTX Việt Nam", "Vietnam Cooperative Union") == [
        ("missing", "Liên minh Hợp tác xã Việt Nam")
    ]


def test_a_forbidden_wording_is_listed_with_what_was_written() -> None:
    (finding,) = check_terms("OCOP", "OCOP (One Village One Product)", PAIR)
    assert (finding.problem, finding.used) == (Problem.FORBIDDEN, "One Village One Product")


def test_a_forbidden_wording_is_found_in_the_plural_too() -> None:
    found = {finding.used for finding in check_terms("19 hợp tác xã", "19 collective farms", PAIR)}
    assert "collective farm" in found


def test_the_longer_term_hides_the_shorter_one_where_it_stands_alone() -> None:
    assert [term.source for term in terms_in("Liên minh HTX", PAIR)] == ["Liên minh Hợp tác xã"]
    both = [term.source for term in terms_in("Liên minh HTX và các HTX", PAIR)]
    assert both == ["Liên minh Hợp tác xã", "hợp tác xã"]


def test_terms_are_whole_words_in_any_spelling_of_their_marks() -> None:
    assert [term.source for term in terms_in("Thuỷ lợi", PAIR)] == ["thủy lợi"]
    assert terms_in("phthtxx", PAIR) == []


def test_capitals_matter_where_the_term_says_so() -> None:
    add("Cổng", "Portal", case_sensitive=True)
    assert problems("Cổng", "portal") == [("missing", "Cổng")]
    assert problems("cổng làng", "village gate") == []


def test_a_term_out_of_use_is_not_looked_for() -> None:
    GlossaryTerm.objects.filter(source="kế hoạch").update(active=False)
    forget_glossaries()
    assert problems("kế hoạch", "scheme") == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"target_locale": "vi"}, "target_locale"),
        ({"forbidden": "Gateway\nPortal"}, "forbidden"),
        ({"source": "kế hoạch"}, "__all__"),
    ],
)
def test_what_the_glossary_refuses(fields: dict[str, str], field: str) -> None:
    values = {"source": "cổng", "target": "Portal"} | fields
    with pytest.raises(ValidationError) as error:
        add(**values)
    assert list(error.value.message_dict) == [field]
