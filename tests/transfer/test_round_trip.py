"""Export → import into an empty database → export gives the same bytes, whatever the pages."""

from __future__ import annotations

import io
from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from wagtail.models import PageViewRestriction

from cms.pages.models import PublishedDocument
from cms.pages.transfer.export import export_lines
from cms.pages.transfer.outcome import Outcome
from cms.pages.verification import verify_documents
from tests.transfer.lines import HOME, NEWS, article, empty_database, export, load, row_counts

pytestmark = pytest.mark.django_db

PATHS = ("/tin-tuc/mot/", "/tin-tuc/hai/", "/tin-tuc/ba/")
RECORDS: list[dict[str, Any]] = [
    {"type": "topic", "slug": "z-rong", "name": "Rộng"},
    {
        "type": "topic", "slug": "a-hep", "name": "Hẹp", "parent": "z-rong",
        "translations": {"en": {"name": "Narrow"}},
    },
    {"type": "organisation", "code": "z", "name": "Cũ", "names": [{"name": "Rất cũ"}]},
    {"type": "organisation", "code": "a", "name": "Mới", "parent": "z", "predecessors": ["z"]},
    {"type": "person", "slug": "an", "full_name": "An", "organisation": "a"},
]  # fmt: skip
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
WORD = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy ẢẠấộ\"'&<>", max_size=20)


def block(name: str, value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"type": st.just(name), "value": value})


def struct(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({}, optional=fields)


LINK = st.sampled_from([*PATHS, "https://vbpl.vn/?a=1&b=2", "mailto:a@b.vn", "/khong-co/", "#muc"])
HTML = st.one_of(
    TEXT,
    st.builds("<p>{}</p>".format, WORD),
    st.builds('<p><a href="{}">{}</a> <strong>{}</strong></p>'.format, LINK, WORD, WORD),
    st.builds("<ul><li>{}</li></ul><script>x</script>".format, WORD),
)
PAGE = st.none() | st.sampled_from(PATHS)
DAY = st.none() | st.dates().map(lambda day: day.isoformat())
TABLE = st.fixed_dictionaries(
    {"rows": st.lists(st.lists(TEXT, min_size=2, max_size=2), max_size=3)},
    optional={"caption": TEXT, "header_row": st.booleans(), "header_column": st.booleans()},
)
RELATED = st.fixed_dictionaries({"target": st.sampled_from(PATHS)})
CITATION = struct(document=PAGE, number=TEXT, issued_on=DAY, issuer=TEXT, subject=TEXT)
LEAVES = [
    block("paragraph", HTML),
    block("bullet", struct(text=HTML)),
    block("task", struct(what=TEXT, who=TEXT, with_whom=TEXT, due_on=DAY, due=TEXT, output=TEXT)),
    block("table", TABLE),
    block("citation", CITATION),
]
BODY = [
    LEAVES[0],
    LEAVES[3],
    LEAVES[4],
    block("heading", struct(text=TEXT, level=st.sampled_from(["2", "3", "4"]))),
    block("quotation", struct(text=TEXT, author=TEXT, source=TEXT)),
    block("callout", struct(style=st.sampled_from(["note", "warning"]), title=TEXT, text=HTML)),
    block("embed", struct(url=st.just("https://www.youtube.com/watch?v=x"), title=TEXT)),
    block("page_cards", struct(title=TEXT, pages=st.lists(PAGE, max_size=3))),
    block("gallery", struct(title=TEXT, items=st.lists(struct(caption=TEXT), max_size=2))),
    block("file_list", struct(title=TEXT, files=st.lists(st.none(), max_size=2))),
    block("image", struct(caption=TEXT)),
]
PROVISION = struct(
    number=WORD, heading=TEXT, text=HTML, items=st.lists(st.one_of(LEAVES), max_size=2)
)
DEEPER = struct(heading=TEXT, items=st.lists(block("point", PROVISION) | LEAVES[1], max_size=2))
PROVISIONS = [
    block("legal_basis", struct(text=TEXT, citation=CITATION)),
    block("section", struct(heading=TEXT, items=st.lists(block("clause", DEEPER), max_size=2))),
    block("chapter", struct(heading=TEXT, items=st.lists(block("article", DEEPER), max_size=2))),
]
TOPICS = st.lists(st.sampled_from(["z-rong", "a-hep"]), unique=True)
ARTICLE = st.fixed_dictionaries(
    {"body": st.lists(st.one_of(BODY), max_size=4), "source_name": st.just("Báo")},
    optional={
        "lead": TEXT,
        "topics": TOPICS,
        "byline_unit": st.sampled_from(["a", "z"]),
        "source_published_at": st.datetimes(),
        "related_pages": st.lists(RELATED, max_size=2),
        "seo": struct(title=TEXT, description=TEXT),
    },
)  # fmt: skip
DOCUMENT = st.fixed_dictionaries(
    {
        "number": st.sampled_from(["60/KH-LMHTX", "34-CT/TW"]),
        "document_type": st.sampled_from(["KH", "CT", "luat"]),
        "issued_on": st.dates().map(lambda day: day.isoformat()),
        "abstract": st.just("Trích yếu"),
        "body": st.lists(st.one_of([*PROVISIONS, *BODY, *LEAVES]), max_size=4),
        "references": st.lists(
            st.fixed_dictionaries(
                {"relation": st.sampled_from(["cites", "implements"]), "number": st.just("1/QĐ-X")},
                optional={"target": PAGE, "issued_on": DAY, "evidence": TEXT},
            ),
            max_size=2,
        ),
        "topics": TOPICS,
    },
    optional={"issuer": st.sampled_from(["a", "z"]), "signer": st.just("an")},
)


def portal_lines(first: dict[str, Any], second: dict[str, Any], third: dict[str, Any]) -> Any:
    document = {"type": "official_document", "locale": "vi", "title": "Kế hoạch", **third}
    lines = [
        *RECORDS,
        HOME,
        NEWS,
        article(PATHS[0], **first),
        article(PATHS[1], **second),
        {**document, "path": PATHS[2]},
    ]
    # As a person's file would have them: a moment in any form that JSON has.
    return orjson.loads(orjson.dumps(lines, option=orjson.OPT_NAIVE_UTC))


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # shrinking such pages would take many minutes
    suppress_health_check=list(HealthCheck),
)
@given(ARTICLE, ARTICLE, DOCUMENT)
def test_export_survives_an_empty_database(
    first: dict[str, Any], second: dict[str, Any], third: dict[str, Any]
) -> None:
    with transaction.atomic():
        result = load(portal_lines(first, second, third))
        assert result.tally.failed == 0, result.reasons
        before = export()
        counts = row_counts()
        assert load(before.splitlines()).tally[Outcome.UNCHANGED] == len(before.splitlines())
        assert row_counts() == counts
        empty_database()
        again = load(before.splitlines())
        assert again.tally.failed == 0, again.reasons
        assert export() == before
        assert list(verify_documents()) == []
        transaction.set_rollback(True)


def test_lines_come_in_the_order_of_the_tree_after_what_they_name() -> None:
    moment = "2020-01-02T03:04:05Z"
    line = article(PATHS[1], topics=["a-hep"], byline_person="an", published_at=moment)
    load([*RECORDS, HOME, NEWS, line, article(PATHS[0])])
    lines = [orjson.loads(raw) for raw in export().splitlines()]
    names = [one.get("path") or f"{one['type']}:{one.get('slug') or one['code']}" for one in lines]
    assert names == [
        "topic:z-rong", "topic:a-hep", "organisation:z", "organisation:a", "person:an", "/",
        "/tin-tuc/", PATHS[1], PATHS[0],
    ]  # fmt: skip
    assert list(lines[-2])[:7] == [
        "type", "path", "locale", "title", "published_at", "seo", "lead",
    ]  # fmt: skip
    assert lines[-2]["published_at"] == moment
    assert lines[-2]["topics"] == [{"type": "topic", "slug": "a-hep"}]
    assert lines[5]["slug"] == "trang-chu"
    assert "slug" not in lines[6]


def test_only_what_the_public_sees_is_exported() -> None:
    canary = article(PATHS[0], title="Canary", topics=["a-hep"])
    load([*RECORDS, HOME, NEWS, canary, article(PATHS[1])])
    hidden = PublishedDocument.objects.get(path=PATHS[0]).page
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert b"Canary" not in export()
    assert b"topic" not in export().replace(b'"topics":', b"")


def test_expiry_travels_with_the_page() -> None:
    load([HOME, NEWS, article(PATHS[0], expires_at="2099-01-02T03:04:05Z")])
    before = export()
    assert b'"expires_at":"2099-01-02T03:04:05Z"' in before
    empty_database()
    load(before.splitlines())
    row = PublishedDocument.objects.get(path=PATHS[0])
    assert row.expires_at is not None
    assert export() == before


def test_translations_travel_together() -> None:
    load([
        HOME, NEWS, {"type": "home", "path": "/en/", "locale": "en", "title": "Home"},
        {"type": "section", "path": "/en/news/", "locale": "en", "title": "News",
         "translations": [{"locale": "vi", "path": "/tin-tuc/"}]},
    ])  # fmt: skip
    before = export()
    assert before.count(b'"translations"') == 4
    empty_database()
    assert load(before.splitlines()).said == []
    assert export() == before


def test_commands_write_and_read_a_file(tmp_path: Path) -> None:
    load([HOME, NEWS, article(PATHS[0])])
    file = tmp_path / "content.jsonl"
    call_command("export_content", file)
    assert file.read_bytes() == export()
    assert list(tmp_path.iterdir()) == [file]
    out = StringIO()
    call_command("export_content", stdout=out)
    assert out.getvalue().encode() == export()
    said = StringIO()
    call_command("import_content", file, stdout=said)
    assert said.getvalue() == "0 created, 0 updated, 3 unchanged, 0 failed.\n"
    call_command("import_content", file, dry_run=True, stdout=said)
    assert "Would be: 0 created" in said.getvalue()


def test_command_fails_when_a_line_fails(tmp_path: Path) -> None:
    file = tmp_path / "content.jsonl"
    file.write_bytes(orjson.dumps(HOME) + b"\n{\n")
    said, wrong = StringIO(), StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("import_content", file, stdout=said, stderr=wrong)
    assert failure.value.returncode == 1
    assert wrong.getvalue().startswith("line 2: not JSON")
    assert "1 created, 0 updated, 0 unchanged, 1 failed" in said.getvalue()


def test_command_refuses_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_content", tmp_path / "x")
    with pytest.raises(CommandError, match="--under"):
        call_command("import_content", tmp_path / "x", under="tin-tuc")
    with pytest.raises(CommandError, match="--media"):
        call_command("import_content", tmp_path / "x", media=tmp_path / "y")


def test_export_reads_a_bounded_number_of_pages_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory is flat: batches, not the whole tree; nothing is lost where batches meet."""
    load([HOME, NEWS, *(article(f"/tin-tuc/{n}/") for n in range(5))])
    whole = export()
    monkeypatch.setattr("cms.pages.transfer.export._BATCH", 2)
    assert export() == whole
    assert export_lines(io.BytesIO(), report=print) == 7
