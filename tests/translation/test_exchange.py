"""Files go out, come back, and are taken in whole or not at all."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail_localize.models import StringTranslation, Translation

from cms.translation.exchange import formats
from cms.translation.exchange.formats import FORMATS, read_file
from cms.translation.exchange.importing import (
    ImportRefusedError,
    Plan,
    apply_import,
    plan_import,
)
from cms.translation.exchange.sheets import make_bundle
from cms.translation.segments import translations_below
from scripts.services import is_ci
from scripts.xliff_schemas import find_xliff_schemas
from tests.translation.samples import (
    Sample,
    article_of,
    segment_of,
    submit,
    wording_of,
    write_wording,
)

pytestmark = pytest.mark.usefixtures("in_english")
RICH_EN = 'A <b>new-style</b> cooperative at the <a id="a1">Cooperative Alliance</a>.'
every_format = pytest.mark.parametrize("name", FORMATS)


def export(*translations: Translation, name: str, only_untranslated: bool = False) -> str:
    bundle = make_bundle(list(translations), "vi", "en", only_untranslated=only_untranslated)
    return FORMATS[name].write(bundle).decode()


def reasons(content: str | bytes, user: User | None = None) -> list[tuple[int, str]]:
    data = content.encode() if isinstance(content, str) else content
    return [(one.line, one.reason) for one in plan_import(read_file(data), user).problems]


def take_in(content: str | bytes, user: User | None = None) -> Plan:
    data = content.encode() if isinstance(content, str) else content
    return apply_import(read_file(data), user)


def line_of(content: str, words: str) -> int:
    return content[: content.index(words)].count("\n") + 1


@pytest.fixture
def pair(sample: Sample) -> tuple[Translation, Translation]:
    """Two articles; of the first, everything is translated."""
    one, other = sample.article("Kế hoạch một"), sample.article("Kế hoạch hai")
    write_wording(one, "Kế hoạch", "Plan one")
    write_wording(one, "kiểu mới", RICH_EN)
    return one, other


@every_format
def test_what_goes_out_comes_back_as_it_was(pair: tuple[Translation, ...], name: str) -> None:
    plan = plan_import(read_file(export(*pair, name=name).encode()))
    assert (plan.problems, plan.changes, plan.unchanged) == ([], [], 2)
    assert plan.empty == 2


@every_format
def test_a_wording_that_was_changed_in_the_file_is_taken_in(
    pair: tuple[Translation, ...], name: str, admin: User
) -> None:
    one, _other = pair
    content = export(one, name=name).replace("new-style", "modern").replace("Plan one", "Plan 1")
    plan = take_in(content, admin)
    assert len(plan.changes) == 2
    assert wording_of(one, "kiểu mới") == RICH_EN.replace("new-style", "modern")
    saved = segment_of(one, "Kế hoạch").translated
    assert saved is not None
    assert (saved.data, saved.translation_type) == ("Plan 1", "manual")
    assert (saved.tool_name, saved.last_translated_by) == (FORMATS[name].label, admin)


@every_format
def test_only_what_is_untranslated(pair: tuple[Translation, ...], name: str) -> None:
    content = export(*pair, name=name, only_untranslated=True)
    assert "Kế hoạch một" not in content.replace("<note>Kế hoạch một</note>", "")
    assert "Kế hoạch hai" in content


def test_a_section_is_one_file_made_with_as_many_queries_as_a_page(sample: Sample) -> None:
    for number in range(6):
        sample.article(f"Bài {number}", f"<p>Nội dung {number}</p>")
    translations = list(translations_below(sample.portal.news, sample.locale))
    assert len(translations) == 7  # the section itself too
    with CaptureQueriesContext(connection) as queries:
        content = export(*translations, name="xliff20")
    assert len(queries) == 2
    assert all(f"Nội dung {number}" in content for number in range(6))


@every_format
def test_what_a_machine_made_is_marked_for_a_look(pair: tuple[Translation, ...], name: str) -> None:
    _one, other = pair
    write_wording(other, "Kế hoạch", "Plan two", kind="machine", tool="DeepL")
    content = export(other, name=name)
    marks = {"xliff12": "needs-review", "xliff20": "needs-review", "po": "#, fuzzy"}
    assert marks[name] in content
    assert plan_import(read_file(content.encode())).unchanged == 1


@every_format
def test_a_wording_that_a_tool_says_is_a_draft_is_left_out(
    pair: tuple[Translation, ...], name: str
) -> None:
    content = export(pair[0], name=name).replace("Plan one", "Plan 1")
    content = content.replace(
        'state="translated"', 'state="new"' if name == "xliff12" else 'state="initial"'
    )
    content = content.replace("msgctxt", "#, fuzzy\nmsgctxt")
    plan = plan_import(read_file(content.encode()))
    assert (plan.problems, plan.changes, plan.drafts) == ([], [], 1)


class TestRefusal:
    """What doesn't match is refused with its line, and nothing of the file is taken in."""

    @every_format
    def test_another_locale(self, pair: tuple[Translation, ...], name: str) -> None:
        content = (
            export(pair[0], name=name).replace('"en"', '"fr"').replace("guage: en", "guage: fr")
        )
        ((_line, reason),) = reasons(content)
        assert "“fr”" in reason
        assert "“vi” → “en”" in reason

    @every_format
    def test_another_portals_page(self, pair: tuple[Translation, ...], name: str) -> None:
        key = str(pair[0].uuid)
        content = export(pair[0], name=name).replace(key, key[::-1].replace("-", "0", 1)[:36])
        assert len(reasons(content)) == 1

    @every_format
    def test_a_segment_that_is_not_there(self, pair: tuple[Translation, ...], name: str) -> None:
        unit = f"c{segment_of(pair[0], 'Kế hoạch').context_id}-"
        content = export(pair[0], name=name).replace(unit, "c999999-")
        assert reasons(content) == [(line_of(content, "c999999-"), reasons(content)[0][1])]
        assert "no such segment" in reasons(content)[0][1]

    @every_format
    def test_a_source_that_has_changed(
        self, pair: tuple[Translation, ...], name: str, sample: Sample
    ) -> None:
        content = export(pair[0], name=name)
        page = article_of(pair[0])
        page.title = "Kế hoạch một (sửa)"
        page.save_revision().publish()
        pair[0].source.update_from_db()
        ((line, reason),) = reasons(content)
        assert line == line_of(content, f"c{segment_of(pair[0], 'Kế hoạch').context_id}-")
        assert "has changed since the export" in reason

    @every_format
    def test_a_source_that_was_changed_in_the_file(
        self, pair: tuple[Translation, ...], name: str
    ) -> None:
        content = export(pair[0], name=name).replace("Hợp tác xã ", "HTX ")
        assert [reason for _line, reason in reasons(content)] == [
            "The source of this segment was changed in the file."
        ]

    @pytest.mark.parametrize(
        ("name", "old", "new", "reason"),
        [
            (
                "xliff12",
                '<g id="1" ctype="bold">new-style</g>',
                "new-style",
                "code 1 (<b>) is missing",
            ),
            (
                "xliff12",
                '<g id="1" ctype="bold">new',
                '<g id="7">new',
                "code 7 is not the source's",
            ),
            ("xliff12", '<g id="1" ctype="bold">new', '<bpt id="1">new', "not well-formed"),
            ("xliff12", ">new-style</g>", "><it id='1' pos='open'/>n</g>", "<it> is not one"),
            (
                "xliff20",
                ">new-style</pc>",
                ">new-style</pc><ph id='1'/>",
                "code 1 stands there twice",
            ),
            ("po", "A <b>new-style</b>", "A <b>new-style", "is not closed"),
            ("po", "A <b>new-style</b>", "A <i>new-style</i>", "code 1 (<b>) is missing"),
            ("po", "A <b>new-style</b>", "A <script>x</script><b>new</b>", "code 3 is not"),
        ],
    )
    def test_broken_codes(
        self, pair: tuple[Translation, ...], name: str, old: str, new: str, reason: str
    ) -> None:
        content = export(pair[0], name=name).replace("Plan one", "Plan 1")
        assert old in content
        found = reasons(content.replace(old, new))
        assert [reason in text for _line, text in found] == [True], found
        with pytest.raises(ImportRefusedError):
            take_in(content.replace(old, new))
        assert wording_of(pair[0], "Kế hoạch") == "Plan one"

    def test_every_reason_with_its_line(self, pair: tuple[Translation, ...]) -> None:
        content = export(*pair, name="xliff12")
        content = content.replace("Hợp tác xã ", "HTX ").replace(
            "Kế hoạch hai</source>", "X</source>"
        )
        found = reasons(content)
        assert [line for line, _reason in found] == sorted(line for line, _reason in found)
        assert len(found) == 3
        assert all("<trans-unit" in content.splitlines()[line - 1] for line, _reason in found)

    @pytest.mark.parametrize(
        ("content", "line", "reason"),
        [
            ("<xliff><file>\n</xliff>", 2, "not well-formed"),
            (
                '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n<x>&e;</x>',
                1,
                "isn't allowed",
            ),
            ('<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;</x>', 1, "isn't allowed"),
            ("<!DOCTYPE xliff>\n<xliff/>", 1, "isn't allowed"),
            ("<x>" * 200, 1, "deep in each other"),
            ("<html/>", 1, "not XLIFF 1.2 or 2.0"),
            (
                '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.1"/>',
                1,
                "not XLIFF",
            ),
            ('<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>', 0, "no texts"),
            ("", 0, "no texts"),
            ("/etc/passwd", 1, "neither XLIFF nor a PO file"),
            ('msgid "a"\nrubbish\n', 2, "neither XLIFF nor a PO file"),
            ('<?xml version="1.0" encoding="x-none"?><xliff/>', 0, "encoding"),
        ],
    )
    def test_what_cannot_be_read(self, db: None, content: str, line: int, reason: str) -> None:
        ((found_line, found),) = reasons(content)
        assert reason in found
        assert found_line == line

    def test_what_is_not_utf8(self, db: None) -> None:
        ((line, reason),) = reasons(b'msgid ""\n\xff')
        assert (line, reason) == (2, "The file is not in UTF-8.")

    def test_what_is_too_large(self, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(formats, "MAX_BYTES", 10)
        assert "larger than" in reasons("<xliff>          </xliff>")[0][1]

    def test_a_page_that_the_user_may_not_edit(self, pair: tuple[Translation, ...]) -> None:
        user = User.objects.create_user("khách")
        content = export(*pair, name="po").replace("Plan one", "Plan 1")
        assert {reason for _line, reason in reasons(content, user)} == {
            "You may not change this page's translation."
        }

    def test_a_segment_twice(self, pair: tuple[Translation, ...]) -> None:
        content = export(pair[0], name="po")
        entry = content[content.index("#. Kế") :]
        assert "stands in the file twice" in reasons(f"{content}\n{entry}")[0][1]

    def test_changes_since_the_report(self, pair: tuple[Translation, ...]) -> None:
        read = read_file(export(pair[0], name="po").replace("Plan one", "Plan 1").encode())
        digest = plan_import(read).digest
        write_wording(pair[0], "Kế hoạch", "Plan I")
        with pytest.raises(ImportRefusedError, match="look at it again"):
            apply_import(read, digest=digest)
        assert wording_of(pair[0], "Kế hoạch") == "Plan I"


@pytest.fixture(scope="session")
def schemas() -> Path:
    """The standard's own schemas; without them the tests that ask for them are left out."""
    folder = find_xliff_schemas(settings.VAR_DIR)
    if folder is None:
        assert not is_ci(), "the schemas of XLIFF can't be had"
        pytest.skip("the schemas of XLIFF can't be had")
    return folder


@pytest.mark.parametrize(
    ("name", "schema"),
    [("xliff12", "xliff-core-1.2-strict.xsd"), ("xliff20", "xliff-core-2.0.xsd")],
)
def test_xliff_is_valid(
    pair: tuple[Translation, ...], name: str, schema: str, schemas: Path
) -> None:
    from lxml import etree  # type: ignore[import-untyped]  # comes with the toolkit

    text = (schemas / schema).read_text(encoding="utf-8")
    text = re.sub(r'(?<=schemaLocation=")[^"]*xml\.xsd', (schemas / "xml.xsd").as_uri(), text)
    checker = etree.XMLSchema(etree.fromstring(text.encode()))
    write_wording(pair[1], "Kế hoạch", "Plan two", kind="machine", tool="DeepL")
    document = etree.fromstring(export(*pair, name=name).encode())
    assert checker.validate(document), checker.error_log
    broken = etree.fromstring(
        export(*pair, name=name)
        .replace("<source", "<bron", 1)
        .replace("</source", "</bron", 1)
        .encode()
    )
    assert not checker.validate(broken)


class TestTranslateToolkit:
    """A common tool reads what we write, and we read what it writes."""

    def run(self, program: str, *arguments: Path | str) -> None:
        command = [Path(sys.executable).parent / program, "--progress=none", *arguments]
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def test_from_xliff_to_po_and_back(self, pair: tuple[Translation, ...], tmp_path: Path) -> None:
        """``po2xliff`` and ``xliff2po`` turn our PO into XLIFF and that into PO again."""
        out, between, back = (tmp_path / n for n in ("out.po", "out.xlf", "back.po"))
        out.write_text(export(*pair, name="po"), encoding="utf-8")
        self.run("po2xliff", out, between)
        self.run("xliff2po", between, back)
        content = back.read_text(encoding="utf-8").replace("Plan one", "Plan 1")
        plan = take_in(content)
        assert (len(plan.changes), plan.unchanged) == (1, 1)
        assert wording_of(pair[0], "Kế hoạch") == "Plan 1"

    def test_checked_by_pofilter(self, pair: tuple[Translation, ...], tmp_path: Path) -> None:
        out, found = tmp_path / "out.po", tmp_path / "found.po"
        out.write_text(export(pair[0], name="po"), encoding="utf-8")
        self.run("pofilter", "-t", "xmltags", "-t", "untranslated", out, found)
        assert not found.exists()

    @pytest.mark.parametrize("name", ["xliff12", "xliff20"])
    def test_xliff_that_it_read_changed_and_wrote(
        self, pair: tuple[Translation, ...], name: str, tmp_path: Path
    ) -> None:
        """In a process of its own: the toolkit is GPL, and nothing here is linked with it."""
        module, kind = {
            "xliff12": ("xliff", "Xliff1File"), "xliff20": ("xliff2", "Xliff2File"),
        }[name]  # fmt: skip
        path = tmp_path / "file.xlf"
        path.write_text(export(*pair, name=name), encoding="utf-8")
        script = (
            "import sys\n"
            f"from translate.storage import {module}\n"
            f"store = {module}.{kind}.parsefile(sys.argv[1])\n"
            "for unit in store.units:\n"
            "    if unit.source == 'Kế hoạch hai':\n"
            "        unit.target = 'Plan two'\n"
            "store.save()\n"
        )
        subprocess.run([sys.executable, "-c", script, path], check=True)  # noqa: S603
        plan = take_in(path.read_bytes())
        assert (len(plan.changes), plan.unchanged, plan.empty) == (1, 2, 1)
        assert wording_of(pair[1], "Kế hoạch") == "Plan two"
        assert wording_of(pair[0], "kiểu mới") == RICH_EN


def test_nothing_is_written_for_what_is_the_same(pair: tuple[Translation, ...]) -> None:
    before = list(StringTranslation.objects.values_list("pk", "updated_at"))
    take_in(export(*pair, name="xliff20"))
    assert list(StringTranslation.objects.values_list("pk", "updated_at")) == before


def test_a_page_whose_translation_was_stopped_is_refused(
    pair: tuple[Translation, ...], sample: Sample
) -> None:
    content = export(pair[0], name="po")
    Translation.objects.filter(pk=pair[0].pk).update(enabled=False)
    assert "no longer kept in step" in reasons(content)[0][1]
    assert submit(article_of(pair[1]), sample.locale).enabled
