"""The files are what others' tools read and write: valid XLIFF, and PO."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from wagtail_localize.models import Translation

from scripts.services import is_ci
from scripts.xliff_schemas import find_xliff_schemas
from tests.translation.samples import RICH_EN, export, take_in, wording_of, write_wording

pytestmark = pytest.mark.usefixtures("in_english")


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
        done = subprocess.run(  # noqa: S603 - a program of the toolkit
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
        subprocess.run(  # noqa: S603 - the script above
            [sys.executable, "-c", script, path], check=True
        )
        plan = take_in(path.read_bytes())
        assert (len(plan.changes), plan.unchanged, plan.empty) == (1, 2, 1)
        assert wording_of(pair[1], "Kế hoạch") == "Plan two"
        assert wording_of(pair[0], "kiểu mới") == RICH_EN
