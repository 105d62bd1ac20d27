"""Bad lines: each is reported with its number and reason, and the others go on."""

from __future__ import annotations

import io
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.pages.kinds import IntakeError
from cms.pages.models import PublishedDocument
from cms.pages.transfer.lines import MAX_DEPTH, parse_line, read_line, read_lines
from cms.pages.transfer.outcome import Outcome
from tests.transfer.lines import HOME, NEWS, article, exported, load

pytestmark = pytest.mark.django_db


def nested(depth: int) -> bytes:
    return b'{"type": "article", "x": ' + b"[" * depth + b"]" * depth + b"}"


BAD_LINES: list[tuple[bytes | dict[str, Any], str]] = [
    (b"{", "not JSON"),
    (b'{"a": NaN}', "not JSON"),
    (b'{"a": "\\ud800"}', "not JSON"),
    (b'{"a": "\xed\xa0\x80"}', "not JSON"),
    (b'{"a": "\xff"}', "not JSON"),
    (b"[]", "an object is expected"),
    (b"null", "an object is expected"),
    (b"17", "an object is expected"),
    (nested(MAX_DEPTH), "nested deeper than 100 levels"),
    (nested(5_000), "not JSON"),
    ({}, "type: unknown type None; allowed: home, section, article"),
    ({"type": 7}, "unknown type 7"),
    ({"type": "ArticlePage"}, "unknown type 'ArticlePage'"),
    ({"type": "article", "path": None}, "path: a path like /gioi-thieu/ is expected"),
    ({"type": "article", "path": "tin-tuc"}, "path: a path like"),
    ({"type": "article", "path": "/tin-tuc//a/"}, "is not the path of a page"),
    ({"type": "article", "path": "/tin-tuc/../a/"}, "is not the path of a page"),
    ({"type": "article", "path": "/" + "a/" * 5_000}, "path: the path is too long"),
    (article("/khong-co/a/"), "path: there is no page at /khong-co/ to stand below"),
    (article("/a/"), "type: the type article may not stand below /; allowed: section"),
    ({**NEWS, "type": "article"}, "type: a page of the type section stands at /tin-tuc/"),
    (article("/tin-tuc/a/", locale="en"), "path: a path in en begins with /en/"),
    (article("/tin-tuc/a/", locale=7), "locale: a locale's code is expected"),
    (article("/fr/tin-tuc/a/", locale="fr"), "there is no page at /fr/tin-tuc/"),
    (article("/tin-tuc/A b!/"), "slug: "),
    (article("/tin-tuc/a/", slug="b"), "slug: the path ends in 'a'"),
    (article("/tin-tuc/a/", title=None), "title: a page needs a title"),
    (article("/tin-tuc/a/", title=""), "title: "),
    (article("/tin-tuc/a/", title="x" * 256), "title: "),
    (article("/tin-tuc/a/", title="a\x00b"), "title: the text has a NUL character"),
    (article("/tin-tuc/a/", colour="red"), "unknown field 'colour'; allowed: type, path, locale"),
    (article("/tin-tuc/a/", lead=7), "lead: text is expected, not a number"),
    (article("/tin-tuc/a/", published_at="hôm qua"), "published_at: a moment like"),
    (article("/tin-tuc/a/", published_at=7), "published_at: a moment like"),
    (article("/tin-tuc/a/", seo="x"), "seo: an object with title and description"),
    (article("/tin-tuc/a/", seo={"robots": "x"}), "seo: an object with title and description"),
    (article("/tin-tuc/a/", translations={"locale": "en"}), "translations: a list of addresses"),
    (article("/tin-tuc/a/", translations=[7]), "translations[0]: an object with locale and path"),
    (article("/tin-tuc/a/", body={}), "body: a list of blocks is expected"),
    (article("/tin-tuc/a/", body=[7]), "body[0]: a block is an object with a type and a value"),
    (article("/tin-tuc/a/", body=[{"type": "x"}]), "body[0]: unknown block 'x'; allowed: heading"),
    (
        article("/tin-tuc/a/", body=[{"type": "heading", "value": {"txt": ""}}]),
        "body[0].value: unknown key 'txt'; allowed: text, level",
    ),
    (
        article("/tin-tuc/a/", body=[{"type": "heading", "value": {"level": "9"}}]),
        "body[0].value.level: one of 2, 3, 4 is expected",
    ),
    (
        article("/tin-tuc/a/", body=[{"type": "paragraph", "value": "a\x00"}]),
        "body[0].value: the text has a NUL character",
    ),
    (
        article("/tin-tuc/a/", body=[{"type": "unavailable", "value": "\x00"}]),
        "body[0].value: the text has a NUL character",
    ),
    (
        article("/tin-tuc/a/", body=[{"type": "table", "value": {"rows": [7]}}]),
        "body[0].value: each row of a table is a list of texts",
    ),
    (article("/tin-tuc/a/", related_pages=[{"page": "/"}]), "related_pages[0]: unknown key 'page'"),
    (article("/tin-tuc/a/", related_pages=[{}]), "related_pages[0]: target: "),
    (article("/tin-tuc/a/", related_pages=[{"target": 7}]), "related_pages[0].target.path: a path"),
    (article("/tin-tuc/a/", topics=["x"]), "topics[0]: there is no topic with the slug 'x'"),
    (article("/tin-tuc/a/", topics=[{"type": "person"}]), "a topic is expected, not a person"),
    (article("/tin-tuc/a/", topics=[{"id": 3}]), "topics[0].slug: a topic is named by its slug"),
    (article("/tin-tuc/a/", image={"sha256": "x"}), "image.sha256: 64 hexadecimal digits"),
    (article("/tin-tuc/a/", image={"sha256": "0" * 64}), "image: there is no image with"),
    (article("/tin-tuc/a/", image={"file": "x.jpg"}), "image.file: no media folder was given"),
    (article("/tin-tuc/a/", image=7), "image: a reference to an image is an object"),
    (article("/tin-tuc/a/", source_url="http://x.vn/"), "source_name: "),
    ({"type": "topic"}, "slug: text is expected"),
    ({"type": "topic", "slug": "a", "nam": "A"}, "unknown field 'nam'; allowed: type, id, name"),
    ({"type": "topic", "slug": "a b", "name": "A"}, "slug: "),
    ({"type": "topic", "slug": "a"}, "name: "),
    ({"type": "topic", "slug": "a", "name": "A", "parent": "x"}, "parent: there is no topic"),
    ({"type": "organisation", "code": "a", "name": "A", "names": [{}]}, "names[0]: name: "),
    (
        {"type": "topic", "slug": "a", "name": "A", "translations": {"xx": {"name": "B"}}},
        "translations.xx: unknown locale; allowed: en",
    ),
    (
        {"type": "topic", "slug": "a", "name": "A", "translations": {"en": {"slug": "b"}}},
        "translations.en: 'slug' is not translated; these are: name",
    ),
    ({"type": "topic", "slug": "a", "name": "A", "translations": []}, "translations: an object"),
    ({"type": "image"}, "an image has its sha256"),
    ({"type": "image", "sha256": 7}, "sha256: 64 hexadecimal digits are expected"),
    ({"type": "image", "sha256": "0" * 64}, "filename: the name of the file is missing"),
    ({"type": "file", "sha256": "0" * 64, "filename": "a.pdf"}, "data: neither data nor a file"),
    (
        {"type": "file", "sha256": "0" * 64, "filename": "a.pdf", "data": "!"},
        "data: base64 is expected",
    ),
    (
        {"type": "file", "sha256": "0" * 64, "filename": "a.pdf", "data": "AAAA"},
        "sha256: the bytes have the sha256 709e80c8",
    ),
    ({"type": "image", "colour": 1}, "unknown key 'colour'; allowed: type, sha256, filename"),
]  # fmt: skip


def test_bad_lines_are_reported_and_the_others_go_on() -> None:
    """Each with its number and its reason; all in one file, so that none may upset the next."""
    result = load([HOME, NEWS, *(line for line, _ in BAD_LINES), article("/tin-tuc/tot/")])
    said = dict(result.said)
    wrong = {
        number: (reason, said.get(number))
        for number, (_, reason) in enumerate(BAD_LINES, start=3)
        if reason not in said.get(number, "")
    }
    assert wrong == {}
    assert len(said) == len(BAD_LINES)
    assert result.tally[Outcome.CREATED] == 3
    assert result.tally.failed == len(BAD_LINES)
    assert PublishedDocument.objects.count() == 3


def test_bad_update_leaves_the_page_as_it_is() -> None:
    load([HOME, NEWS, article("/tin-tuc/a/", lead="Một")])
    before = exported("/tin-tuc/a/")
    result = load([article("/tin-tuc/a/", lead="Hai", source_url="http://x.vn/")])
    assert result.tally.failed == 1
    assert exported("/tin-tuc/a/") == before


def test_ten_thousand_blocks_are_taken() -> None:
    body = [{"type": "paragraph", "value": f"<p>Đoạn {n}</p>"} for n in range(10_000)]
    load([HOME, NEWS])
    assert load([article("/tin-tuc/a/", body=body)]).said == []
    assert len(exported("/tin-tuc/a/")["body"]) == 10_000
    assert load([article("/tin-tuc/a/", body=body)]).tally[Outcome.UNCHANGED] == 1


def test_blank_lines_and_a_byte_order_mark_are_passed_over() -> None:
    first = b"\xef\xbb\xbf" + orjson.dumps(HOME)
    assert load([first, b"", b"   ", NEWS]).tally[Outcome.CREATED] == 2


def test_too_long_a_line_is_reported_and_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cms.pages.transfer.lines.MAX_LINE", 300)
    result = load([HOME, b'"' + b"x" * 1_000 + b'"', NEWS])
    assert [number for number, _ in result.said] == [2]
    assert "longer than 300 bytes" in result.reasons
    assert result.tally[Outcome.CREATED] == 2


@settings(deadline=None)
@given(st.lists(st.binary(max_size=40)))
def test_lines_are_found_again_at_their_offsets(chunks: list[bytes]) -> None:
    file = io.BytesIO(b"\n".join(chunks))
    for line in list(read_lines(file)):
        assert read_line(file, line.offset, line.number) == line


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)  # fmt: skip


@settings(deadline=None)
@given(st.binary(max_size=60) | JSON.map(lambda value: repr(value).encode()))
def test_whatever_the_bytes_a_line_parses_or_is_refused(raw: bytes) -> None:
    try:
        parse_line(raw)
    except IntakeError:
        return


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["article", "section", "official_document", "topic", "image"])},
        optional={
            name: JSON
            for name in (
                "path", "locale", "title", "slug", "published_at", "expires_at", "seo", "body",
                "translations", "topics", "related_pages", "image", "number", "issued_on", "events",
                "references", "allowed_types", "name", "sha256", "data", "filename", "focal_point",
            )
        },
    )
)  # fmt: skip
def test_whatever_the_values_a_line_is_taken_or_refused(line: dict[str, Any]) -> None:
    """No value of any field raises anything but the refusal that the report gives."""
    try:
        raw = orjson.dumps(line)
    except TypeError:
        return  # no JSON: a number beyond 64 bits
    load([HOME, NEWS, raw])
