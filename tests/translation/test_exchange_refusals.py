"""What doesn't match is refused with its line, and nothing of the file is taken in."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.models import User
from wagtail_localize.models import Translation

from cms.translation.exchange import formats
from cms.translation.exchange.formats import read_file
from cms.translation.exchange.importing import ImportRefusedError, apply_import, plan_import
from tests.translation.samples import (
    Sample,
    article_of,
    every_format,
    export,
    line_of,
    reasons,
    segment_of,
    submit,
    take_in,
    wording_of,
    write_wording,
)

pytestmark = pytest.mark.usefixtures("in_english")


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
        # Not in the page's UUID, which may have the same figures.
        content = re.sub(rf"(?<![\w-]){unit}", "c999999-", export(pair[0], name=name))
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


def test_a_page_whose_translation_was_stopped_is_refused(
    pair: tuple[Translation, ...], sample: Sample
) -> None:
    content = export(pair[0], name="po")
    Translation.objects.filter(pk=pair[0].pk).update(enabled=False)
    assert "no longer kept in step" in reasons(content)[0][1]
    assert submit(article_of(pair[1]), sample.locale).enabled
