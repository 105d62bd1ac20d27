"""Texts become words alike, however they are written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.analysis import analyse, pair_up
from cms.vietnamese.contractions import Contractions, WordForms
from cms.vietnamese.word_forms import BREAK

GLOSSARY = Contractions(
    [
        ("HTX", "hợp tác xã"),
        ("LMHTX", "liên minh hợp tác xã"),
        ("UBND", "ủy ban nhân dân"),
        ("NN&MT", "nông nghiệp và môi trường"),
    ]
)
TEXTS = st.text(
    st.sampled_from("hợptácxãkỹthuậtHTXUBND uỷ_-–.,\n\u200b\u00a0\u0301đĐ0123456789ßİﬁ한")
    | st.characters()
)


def words(text: str, glossary: Contractions = GLOSSARY) -> WordForms:
    return analyse(text, glossary)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà thuỷ khoẻ", "hòa thủy khỏe"),
        ("kí kĩ lí Mĩ tử sĩ tỉ lệ quí hi vọng", "ký kỹ lý Mỹ tử sỹ tỷ lệ quý hy vọng"),
        ("văn hoá công sở", unicodedata.normalize("NFD", "văn hoá công sở")),
        ("THI ĐUA", "thi\u00a0đ\u200bua"),
        ("03 năm 2020", "3 năm 2020"),
        ("kinh tế–xã hội", "kinh tế - xã hội"),
    ],
)
def test_ways_to_write_one_text_have_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(("one", "other"), [("vi phạm", "vy phạm"), ("mai", "may"), ("tui", "tuy")])
def test_i_and_y_differ_where_they_make_two_words(one: str, other: str) -> None:
    assert words(one).fold != words(other).fold


def test_marks_are_kept_in_one_form_and_dropped_in_the_other() -> None:
    found = words("Khen thưởng")
    assert (found.exact, found.fold) == (["khen", "thưởng"], ["khen", "thuong"])


@pytest.mark.parametrize("text", ["hợp tác xã", "HỢP TÁC XÃ", "hop tac xa", "hợp tac xã", "HTX"])
def test_a_phrase_and_its_abbreviation_are_one_word(text: str) -> None:
    assert words(f"các {text} tỉnh").fold == ["cac", "htx", "tinh"]


def test_other_marks_are_another_phrase() -> None:
    assert words("hợp tác xạ").fold == ["hop", "tac", "xa"]


@pytest.mark.parametrize("text", ["liên minh hợp tác xã", "Liên minh HTX", "LMHTX"])
def test_the_longest_phrase_is_taken_with_shorter_ones_inside(text: str) -> None:
    found = words(text)
    assert found.fold == ["lmhtx"]
    assert "htx" in found.parts
    assert "minh" in found.parts


def test_an_abbreviation_of_two_parts_is_one_term() -> None:
    assert words("Sở NN&MT").fold == words("sở nông nghiệp và môi trường").fold == ["so", "nnmt"]


def test_no_pair_goes_across_a_line() -> None:
    assert pair_up(words("thi đua\nkhen thưởng").fold) == ["thi_dua", "khen_thuong"]


def test_a_digest_tells_a_changed_glossary() -> None:
    pairs = [("HTX", "hợp tác xã"), ("UBND", "ủy ban nhân dân")]
    assert Contractions(pairs).digest == Contractions(reversed(pairs)).digest
    assert Contractions(pairs).digest != Contractions(pairs[:1]).digest


def test_an_entry_without_a_phrase_is_left_out() -> None:
    assert words("A của B", Contractions([("", "của b"), ("A", ""), ("B", "một")])).fold == [
        "a", "cua", "b",
    ]  # fmt: skip


@given(TEXTS)
def test_any_text_has_words(text: str) -> None:
    found = words(text)
    assert len(found.exact) == len(found.fold)
    for word in [*found.exact, *found.fold]:
        assert word == BREAK or (word.isalnum() and word == word.strip())


@given(TEXTS)
def test_words_have_themselves_for_words(text: str) -> None:
    plain = words(text, Contractions())
    line = " ".join(word for word in plain.exact if word != BREAK)
    again = words(line, Contractions())
    assert again.exact == [word for word in plain.exact if word != BREAK]


@given(TEXTS)
def test_decomposed_text_has_the_same_words(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@given(TEXTS, TEXTS)
def test_a_line_is_read_by_itself(one: str, other: str) -> None:
    lines = f"{one.strip()}\n{other.strip()}"
    left, right = words(one.strip()), words(other.strip())
    middle = (
        [BREAK] if left.fold and right.fold and BREAK not in (left.fold[-1], right.fold[0]) else []
    )
    assert words(lines).parts == left.parts + right.parts
    if middle:
        assert words(lines).fold == left.fold + middle + right.fold
