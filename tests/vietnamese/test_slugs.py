"""Slugs."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.vietnamese.slugs import slugify
from cms.vietnamese.text import clean

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Đại hội Đảng", "dai-hoi-dang"),
        ("60/KH-LMHTX", "60-kh-lmhtx"),
        ("4454/QĐ-BNN-VPĐP", "4454-qd-bnn-vpdp"),
        ("Tiếp tục đổi mới công tác thi đua", "tiep-tuc-doi-moi-cong-tac-thi-dua"),
        ("  Tin tức – Thông báo  ", "tin-tuc-thong-bao"),
        ("Москва", "moskva"),
        ("東京", "dongjing"),
        ("", ""),
        ("…!?", ""),
    ],
)
def test_slugs_are_readable(title: str, slug: str) -> None:
    assert slugify(title) == slug


def test_long_titles_are_cut_between_words() -> None:
    assert slugify("Liên minh hợp tác xã tỉnh", max_length=20) == "lien-minh-hop-tac-xa"
    assert slugify("Liên minh hợp tác xã tỉnh", max_length=19) == "lien-minh-hop-tac"
    assert slugify("a" * 300) == "a" * 255
    assert slugify("Đại hội", max_length=1) == "d"


def test_no_room_is_refused() -> None:
    with pytest.raises(ValueError, match="max_length"):
        slugify("Đại hội", max_length=0)


@given(ANY_TEXT, st.integers(1, 80))
def test_slugs_are_ascii_bounded_and_stable(text: str, max_length: int) -> None:
    slug = slugify(text, max_length)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert len(slug) <= max_length
    assert slugify(slug, max_length) == slug
    assert slug or not any(char.isalnum() for char in clean(text))
