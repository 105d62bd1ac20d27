"""Inline codes: out as numbers, in as tags, whatever their nesting."""

from __future__ import annotations

from random import Random
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail_localize.strings import StringValue

from cms.translation.codes import (
    BrokenCodesError,
    Code,
    Content,
    codes_of,
    compare_codes,
    number,
    parse_html,
    plain_text,
    render_html,
    restore,
)
from cms.translation.exchange.inline import VERSION_1, VERSION_2, Dialect
from cms.translation.exchange.xml_reading import read_xml
from cms.translation.exchange.xml_writing import finish
from cms.translation.machine.marks import from_marks, to_marks

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]),
    min_size=1,
    max_size=8,
)
tags = st.sampled_from([("b", ""), ("i", ""), ("em", ""), ("a", "a1"), ("a", "a2")])
contents = st.recursive(
    texts | st.just(Code(("br", ""))),
    lambda inner: st.builds(Code, tags, st.lists(inner, max_size=3).map(tuple)),
    max_leaves=12,
)
segments = st.lists(contents, max_size=4).map(lambda nodes: parse_html(render_html(tuple(nodes))))


@given(segments)
def test_a_segment_reads_as_it_was_written(content: Content) -> None:
    assert parse_html(render_html(content)) == content


@given(segments)
def test_a_segment_is_written_as_wagtail_localize_writes_it(content: Content) -> None:
    html = render_html(content)
    assert StringValue.from_translated_html(html).data == html


@given(segments)
def test_numbers_stand_for_tags_and_back(content: Content) -> None:
    codes = codes_of(content)
    assert restore(number(content, codes), codes) == content


@pytest.mark.parametrize("dialect", [VERSION_1, VERSION_2])
@given(content=segments)
def test_a_segment_survives_xliff(dialect: Dialect, content: Content) -> None:
    codes = codes_of(content)
    element = Element("source")
    dialect.write(element, number(content, codes), codes)
    read = dialect.read(read_xml(finish(element, mixed={"source"})))
    assert restore(read, codes) == content


@given(segments)
def test_a_segment_survives_marks(content: Content) -> None:
    assert from_marks(to_marks(render_html(content)), codes_of(content)) == content


@given(segments, st.randoms())
def test_codes_may_be_in_another_order(content: Content, random: Random) -> None:
    reordered = list(content)
    random.shuffle(reordered)
    compare_codes(render_html(content), render_html(tuple(reordered)))


@pytest.mark.parametrize(
    ("translation", "reason"),
    [
        ("Cooperative", r"code 1 \(<a>\) is missing; code 2 \(<b>\) is missing"),
        ('<a id="a1">Co</a>-<b>op</b><b>s</b>', "code 3 is not the source's"),
        ('<a id="a2">Co</a> <b>op</b>', "code 3 is not the source's"),
        ('<a id="a1">Co <b>op</a></b>', "</a> closes nothing"),
        ('<a id="a1">Co</a> <b>op', "<b> is not closed"),
        ('<a id="a1" href="//evil">Co</a> <b>op</b>', "has attributes: href"),
        ('<a id="a1">Co</a> <b>op</b><!-- x -->', "comment"),
    ],
)
def test_other_codes_than_the_sources_are_refused(
    in_english: None, translation: str, reason: str
) -> None:
    with pytest.raises(BrokenCodesError, match=reason):
        compare_codes('<a id="a1">Hợp</a> tác <b>xã</b>', translation)


def test_words_of_a_segment() -> None:
    assert plain_text('Kế&amp;hoạch<br/><b>năm</b> <a id="a1">2026</a>') == "Kế&hoạch năm 2026"
