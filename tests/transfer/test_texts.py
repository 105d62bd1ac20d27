"""Reading texts: what is refused, where provisions go, how records are matched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError

from cms.pages.models import Organisation, Person
from cms.pages.text_import import find_organisation, find_person, shorten
from cms.plugins.article.importers import read_article
from cms.plugins.official_document.body_text import body_blocks
from cms.plugins.official_document.importers import read_official_document
from cms.vietnamese.provisions import parse_provisions
from tests.transfer.lines import HOME, NEWS, article, load, read
from tests.transfer.texts import TEXTS, run, seed

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal(db: None) -> None:
    load([HOME, NEWS, TEXTS])


@pytest.mark.parametrize(
    ("text", "type_name", "reason"),
    [
        ("Chỉ là một dòng", "official_document", "no number and symbol was found"),
        ("Kế hoạch số 60/KH-LMHTX Tiếp tục\n\nI. MỤC ĐÍCH\n\n1. Một.", "official_document",
         "no date of issue was found beside the number 60/KH-LMHTX"),
        ("", "article", "no title with text below it"),
        ("x", "resource", "No importer reads 'resource'. There are: article, official_document."),
    ],
)  # fmt: skip
def test_text_that_is_no_such_page_is_refused(
    portal: None, tmp_path: Path, text: str, type_name: str, reason: str
) -> None:
    file = tmp_path / "page.txt"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=reason):
        run(file, type=type_name, under="/tin-tuc/")


def test_place_that_does_not_take_it_is_refused(portal: None, tmp_path: Path) -> None:
    load([{**TEXTS, "allowed_types": ["official_document"]}])
    with pytest.raises(CommandError, match="may not stand below"):
        run(seed("002_775e86c934c96055.txt"), type="article", under="/van-ban-kinh-te-tap-the/")
    assert not Organisation.objects.exists()
    file = tmp_path / "page.txt"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="not UTF-8"):
        run(file, type="article", under="/tin-tuc/")


NESTED = """\
Căn cứ Luật Hợp tác xã số 17/2023/QH15;
Theo đề nghị của Trưởng phòng;
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Một khoản:
1.1. Khoản con.
a) Điểm a;
đ) Điểm đ:
- Gạch một
+ Cộng một
+ Cộng hai
2. Khoản hai <&>.
Nơi nhận:
"""


def walk(items: list[Any]) -> Iterator[tuple[str, str]]:
    for item in items:
        value = item["value"]
        if isinstance(value, str):
            yield item["type"], value
        else:
            yield item["type"], value.get("number") or value["text"]
            yield from walk(value.get("items", []))


def test_provisions_that_may_not_nest_follow_each_other() -> None:
    found = list(walk(body_blocks(parse_provisions(NESTED))))
    assert found == [
        ("legal_basis", "Căn cứ Luật Hợp tác xã số 17/2023/QH15;"),
        ("paragraph", "<p>Theo đề nghị của Trưởng phòng;</p>"),
        ("chapter", "I"),
        ("article", "1"),
        ("clause", "1"),
        ("clause", "1.1"),
        ("point", "a"),
        ("point", "đ"),
        ("bullet", "<p>Gạch một</p><ul><li>Cộng một</li><li>Cộng hai</li></ul>"),
        ("clause", "2"),
        ("paragraph", "<p>Nơi nhận:</p>"),
    ]


def test_nested_provisions_are_stored_and_delivered(portal: None, tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_text(f"Quyết định số 7/QĐ-UBND ngày 1/2/2024 Quy chế\n\n{NESTED}", encoding="utf-8")
    run(file, type="official_document", under="/tin-tuc/", publish=True)
    body = read("/tin-tuc/7-qd-ubnd/")["body"]
    assert ("clause", "1.1") in list(walk(body))


def test_byline_of_a_person_and_of_a_source(db: None) -> None:
    long = "Câu văn dài về hợp tác xã. " * 20
    person = read_article(f"Tiêu đề bài\n\n{long}\n\nNguyễn Văn An\nNgày 22/04/2020\n")
    assert person.fields["byline_person"] == {"type": "person", "slug": "nguyen-van-an"}
    assert person.records == (
        {"type": "person", "slug": "nguyen-van-an", "full_name": "Nguyễn Văn An"},
    )
    source = read_article(f"Tiêu đề bài\n\n{long}\n\nNguồn: Báo Nhân Dân\nNgày 22/04/2020\n")
    assert source.fields["source_name"] == "Báo Nhân Dân"


def test_records_are_matched_whatever_the_capitals(db: None) -> None:
    Organisation.objects.create(code="ubnd", name="Ủy ban nhân dân tỉnh", short_name="UBND tỉnh")
    Person.objects.create(slug="an", full_name="Nguyễn Văn An")
    assert find_organisation(code="UBND")[1] == ()
    assert find_organisation(name="ỦY BAN NHÂN DÂN TỈNH")[1] == ()
    assert find_organisation(name="UBND TỈNH")[1] == ()
    assert find_organisation(name="Sở Y tế")[1] != ()
    assert find_person("NGUYỄN VĂN AN") == ({"type": "person", "slug": "an"}, ())


def test_long_titles_are_cut_between_words() -> None:
    assert shorten("một hai ba", 10) == "một hai ba"
    assert shorten("một hai ba bốn", 10) == "một hai…"


def test_same_title_at_another_page_of_the_path_is_refused(portal: None, tmp_path: Path) -> None:
    load([article("/tin-tuc/tieu-de/", title="Tiêu đề!")])
    file = tmp_path / "page.txt"
    file.write_text("Tiêu đề\n\n" + "Câu văn dài. " * 30, encoding="utf-8")
    with pytest.raises(CommandError, match="other pages stand at all the addresses"):
        run(file, type="article", under="/tin-tuc/")


def test_reader_of_documents_needs_no_database_rows(db: None) -> None:
    read_text = read_official_document(seed("000_d5307778423c5793.txt").read_text("utf-8"))
    assert read_text.slugs == ("60/KH-LMHTX", "60/KH-LMHTX 2020-04-21")
    assert [record["code"] for record in read_text.records] == ["lmhtx"]
