"""The translation tools in the admin, their answers and the commands."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail_localize.models import Translation

from cms.translation.models import PendingImport
from tests.translation.samples import Sample, wording_of


def tools_url(sample: Sample) -> str:
    return f"/admin/translation/tools/{sample.portal.news.pk}/"


def export(client: Client, sample: Sample, **values: Any) -> bytes:
    form = {"action": "export", "locale": "en", "format": "po", "below": "on"} | values
    answer = client.post(tools_url(sample), form)
    assert answer.status_code == 200, answer.headers
    return bytes(answer.content)


class TestTools:
    """The page with a page's translation tools."""

    def test_of_a_translation_are_those_of_its_source(
        self, sample: Sample, admin_client: Client
    ) -> None:
        english = sample.portal.news.get_translation(sample.locale)
        answer = admin_client.get(f"/admin/translation/tools/{english.pk}/")
        assert (answer.status_code, answer.headers["Location"]) == (302, tools_url(sample))

    def test_shows_what_can_be_done(self, sample: Sample, admin_client: Client) -> None:
        shown = admin_client.get(tools_url(sample)).content.decode()
        assert 'value="export"' in shown
        assert 'value="machine"' not in shown  # no translator is set

    def test_is_closed_to_who_may_not_edit_there(self, sample: Sample, outsider: Client) -> None:
        assert outsider.get(tools_url(sample)).status_code == 302
        assert outsider.post(f"{tools_url(sample)}file/").status_code == 302

    def test_a_file_goes_out_and_comes_back(
        self, sample: Sample, one: Translation, admin_client: Client
    ) -> None:
        content = export(admin_client, sample).replace(b"Plan one", b"Plan 1")
        file = SimpleUploadedFile("x.po", content)
        answer = admin_client.post(f"{tools_url(sample)}file/", {"file": file}, follow=True)
        report = answer.content.decode()
        assert "Plan one" in report
        assert "Plan 1" in report
        assert wording_of(one, "Kế hoạch") == "Plan one"  # a report changes nothing
        digest = report.split('name="digest" value="')[1].split('"')[0]
        path = answer.redirect_chain[-1][0]
        admin_client.post(path, {"action": "apply", "digest": digest})
        assert wording_of(one, "Kế hoạch") == "Plan 1"
        assert not PendingImport.objects.exists()

    def test_a_file_that_does_not_fit_is_reported(
        self, sample: Sample, one: Translation, admin_client: Client
    ) -> None:
        file = SimpleUploadedFile("x.xlf", b"<xliff>\n<file></xliff>")
        answer = admin_client.post(f"{tools_url(sample)}file/", {"file": file}, follow=True)
        report = answer.content.decode()
        assert "<td>2</td>" in report
        assert 'value="apply"' not in report
        path = answer.redirect_chain[-1][0]
        assert admin_client.post(path, {"action": "apply", "digest": ""}).status_code == 302
        admin_client.post(path, {"action": "discard"})
        assert not PendingImport.objects.exists()

    def test_the_report_warns_of_what_departs_from_the_glossary(
        self, sample: Sample, one: Translation, admin_client: Client
    ) -> None:
        content = export(admin_client, sample).replace(b"Plan one", b"Scheme one")
        file = SimpleUploadedFile("x.po", content)
        answer = admin_client.post(f"{tools_url(sample)}file/", {"file": file}, follow=True)
        report = answer.content.decode()
        assert "“kế hoạch” phải dịch là “plan”" in report
        assert 'value="apply"' in report

    def test_another_ones_upload(self, sample: Sample, outsider: Client, admin: User) -> None:
        pending = PendingImport.objects.create(user=admin, name="x", content=b"")
        assert outsider.get(f"{tools_url(sample)}file/{pending.pk}/").status_code == 404

    def test_filling_from_the_memory(
        self, sample: Sample, one: Translation, admin_client: Client
    ) -> None:
        other = sample.article("Kế hoạch một")
        form = {"action": "memory", "locale": "en", "below": "on"}
        assert admin_client.post(tools_url(sample), form).status_code == 302
        assert wording_of(other, "Kế hoạch") == "Plan one"

    def test_the_page_alone(self, sample: Sample, one: Translation, admin_client: Client) -> None:
        assert b"Plan one" not in export(admin_client, sample, below="")

    @pytest.mark.parametrize("values", [{"locale": "xx"}, {"format": "doc"}, {"action": "machine"}])
    def test_what_is_not_on_offer(
        self, sample: Sample, admin_client: Client, values: dict[str, str]
    ) -> None:
        form = {"action": "export", "locale": "en", "format": "po"} | values
        answer = admin_client.post(tools_url(sample), form)
        assert answer.status_code in (200, 404)
        assert "attachment" not in answer.get("Content-Disposition", "")

    def test_the_button_stands_on_the_page(self, sample: Sample, admin_client: Client) -> None:
        listing = admin_client.get(f"/admin/pages/{sample.portal.news.pk}/").content.decode()
        assert tools_url(sample) in listing

    def test_the_glossary_is_listed(self, admin_client: Client) -> None:
        answer = admin_client.get("/admin/snippets/translation/glossaryterm/?target_locale=en")
        assert "Ministry of Finance" in answer.content.decode()


class TestCommands:
    """The same for scripts."""

    def run(self, *arguments: Any) -> str:
        out = StringIO()
        call_command(*map(str, arguments), stdout=out, stderr=out)
        return out.getvalue()

    def test_out_and_back_in(self, sample: Sample, one: Translation, tmp_path: Path) -> None:
        path = tmp_path / "en.xlf"
        page = sample.portal.news.pk
        said = self.run("export_translations", path, "--page", page, "--locale", "en")
        assert "2 pages" in said
        path.write_text(path.read_text().replace("Plan one", "Plan 1"))
        assert "1 segments would change" in self.run("import_translations", path, "--dry-run")
        assert wording_of(one, "Kế hoạch") == "Plan one"
        assert "1 segments changed" in self.run("import_translations", path)
        assert wording_of(one, "Kế hoạch") == "Plan 1"

    def test_what_departs_from_the_glossary_is_told_of_and_taken_in(
        self, sample: Sample, one: Translation, tmp_path: Path
    ) -> None:
        path = tmp_path / "en.po"
        self.run(
            "export_translations", path, "--page", sample.portal.news.pk, "--locale", "en",
            "--format", "po",
        )  # fmt: skip
        path.write_text(path.read_text().replace("Plan one", "Scheme one"))
        said = self.run("import_translations", path)
        assert "1 segments changed" in said
        line = int(said.split("warning, line ")[1].split(":")[0])
        entry = path.read_text().splitlines()[line - 1 :]
        assert 'msgid "Kế hoạch một"' in entry[: entry.index("")]
        assert wording_of(one, "Kế hoạch") == "Scheme one"

    def test_a_file_that_does_not_fit(self, db: None, tmp_path: Path) -> None:
        path = tmp_path / "en.xlf"
        path.write_text("<xliff>\n")
        said = StringIO()
        with pytest.raises(CommandError, match="Nothing was taken in: 1 problem"):
            call_command("import_translations", str(path), stderr=said)
        assert said.getvalue().startswith("line 2: This is not well-formed XML: ")

    @pytest.mark.parametrize(
        ("page", "locale", "reason"),
        [(0, "en", "no page 0"), (None, "xx", "There are: en"), (None, "vi", "There are: en")],
    )
    def test_what_is_not_there(
        self, sample: Sample, tmp_path: Path, page: int | None, locale: str, reason: str
    ) -> None:
        pk = sample.portal.news.pk if page is None else page
        with pytest.raises(CommandError, match=reason):
            self.run("export_translations", tmp_path / "x", "--page", pk, "--locale", locale)

    def test_remembering(self, one: Translation) -> None:
        assert "1 translations" in self.run("remember_translations")
