"""Editors keep the glossary that searches use."""

import pytest
from django.core.exceptions import ValidationError

from search.glossary import analyser_of, forget_glossary, load_contractions
from search.models import Abbreviation
from search.shipped import read_shipped_glossary

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _glossary_of_this_test() -> None:
    Abbreviation.objects.all().delete()
    forget_glossary()


def add(abbreviation: str, phrase: str, locale: str = "vi", **values: bool) -> Abbreviation:
    one = Abbreviation(abbreviation=abbreviation, phrase=phrase, locale=locale, **values)
    one.full_clean()
    one.save()
    return one


def fold_of(text: str, locale: str = "vi") -> list[str]:
    return [word.fold for word in analyser_of(locale).query(text)]


def test_an_entry_contracts_in_its_language_alone() -> None:
    add("HTX", "hợp tác xã")
    forget_glossary()
    assert fold_of("hợp tác xã") == ["htx"]
    assert fold_of("hợp tác xã", "en") == ["hop", "tac", "xa"]


def test_an_entry_that_is_not_active_is_not_used() -> None:
    add("HTX", "hợp tác xã", active=False)
    forget_glossary()
    assert fold_of("hợp tác xã") == ["hop", "tac", "xa"]


def test_a_change_changes_the_version() -> None:
    before = analyser_of("vi").version
    one = add("HTX", "hợp tác xã")
    forget_glossary()
    during = analyser_of("vi").version
    one.delete()
    forget_glossary()
    assert before == analyser_of("vi").version != during


@pytest.mark.parametrize(
    ("abbreviation", "phrase", "field"),
    [("TU", "tỉnh ủy", "abbreviation"), ("HTX", "xã", "phrase"), ("…", "hợp tác xã", "phrase")],
)
def test_what_a_search_could_not_use_is_refused(abbreviation: str, phrase: str, field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        add(abbreviation, phrase)
    assert list(refused.value.message_dict) == [field]


def test_the_shipped_glossary_is_whole_and_would_be_taken() -> None:
    rows = read_shipped_glossary()
    assert len({row["abbreviation"] for row in rows}) >= 80
    for row in rows:
        add(row["abbreviation"], row["phrase"])
    forget_glossary()
    glossary = load_contractions("vi")
    spelled = {spelling.exact for row in rows for spelling in glossary.spellings(_term(row))}
    assert len(spelled) > len(rows)


def _term(row: dict[str, str]) -> str:
    return "".join(word.fold for word in analyser_of("en").query(row["abbreviation"]))
