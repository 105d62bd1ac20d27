"""Translations: compiled without gettext's tools, and checked."""

from __future__ import annotations

import gettext
import os
from pathlib import Path

import pytest

from scripts.check_messages import find_catalogue_problems, find_untranslated
from scripts.compile_messages import compile_messages

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two apps and no messages yet."""
    for app in ("article", "support"):
        (tmp_path / f"cms/{app}/locale/vi/LC_MESSAGES").mkdir(parents=True)
    return tmp_path


def write(project: Path, app: str, *entries: tuple[str, str], before: str = "") -> Path:
    path = project / f"cms/{app}/locale/vi/LC_MESSAGES/django.po"
    lines = "".join(f'\n{before}msgid "{msgid}"\nmsgstr "{msgstr}"\n' for msgid, msgstr in entries)
    path.write_text(HEADER + lines, encoding="utf-8")
    os.utime(path, (1, 1))
    os.utime(path.parent, (1, 1))
    return path


def test_the_catalogues_of_all_apps_become_one_per_language(project: Path, tmp_path: Path) -> None:
    write(project, "article", ("Lead", "Sa-pô"))
    write(project, "support", ("Question", "Câu hỏi"))
    target = tmp_path / "var" / "locale"
    assert compile_messages(target, project=project) == [target / "vi/LC_MESSAGES/django.mo"]
    translation = gettext.translation("django", target, ["vi"])
    assert translation.gettext("Lead") == "Sa-pô"
    assert translation.gettext("Question") == "Câu hỏi"


def test_a_current_file_is_left_alone(project: Path, tmp_path: Path) -> None:
    path = write(project, "article", ("Lead", "Sa-pô"))
    target = tmp_path / "locale"
    assert compile_messages(target, project=project)
    assert not compile_messages(target, project=project)
    os.utime(path)
    (target / "vi/LC_MESSAGES/django.mo").touch()
    os.utime(target / "vi/LC_MESSAGES/django.mo", (2, 2))
    assert compile_messages(target, project=project)


def test_fuzzy_entries_are_not_shown_and_reported(project: Path, tmp_path: Path) -> None:
    write(project, "article", ("Lead", "Sai"), before="#, fuzzy\n")
    compile_messages(tmp_path / "locale", project=project)
    assert gettext.translation("django", tmp_path / "locale", ["vi"]).gettext("Lead") == "Lead"
    assert "fuzzy: 'Lead'" in "".join(find_catalogue_problems(project))


def test_empty_and_contradictory_translations_are_reported(project: Path) -> None:
    write(project, "article", ("Title", "Tiêu đề"), ("Byline", ""))
    write(project, "support", ("Title", "Tên"))
    empty, contradiction = find_catalogue_problems(project)
    assert "not translated: 'Byline'" in empty
    assert "'Title' is 'Tên' here and 'Tiêu đề' in" in contradiction


def test_messages_of_code_and_templates_must_be_in_a_catalogue(project: Path) -> None:
    write(project, "article", ("Known", "Biết"))
    (project / "cms/article/models.py").write_text(
        'a = _("Known"), _("New"), pgettext_lazy("page", "Known"), _("Tiêu đề"), _(variable)',
        encoding="utf-8",
    )
    (project / "cms/article/templates").mkdir()
    (project / "cms/article/templates/a.html").write_text(
        '{% translate "Known" %} {% translate "In a template" %}', encoding="utf-8"
    )
    (project / "cms/article/tests").mkdir()
    (project / "cms/article/tests/test_a.py").write_text('_("Of a test")', encoding="utf-8")
    assert [line.split(": ", 2)[-1] for line in find_untranslated(project)] == [
        "'New'",
        "'Known'",
        "'In a template'",
    ]
