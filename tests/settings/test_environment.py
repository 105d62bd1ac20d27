"""Environment variables: read, refused, and documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pydantic.fields import FieldInfo

from cms.settings.env import BUNDLED_PLUGINS, PREFIX, PROJECT_DIR, Environment
from cms.settings.variable_types import IMAGE_PRESETS
from tests.settings.conftest import Load

DOCUMENT = PROJECT_DIR / "docs" / "operations" / "settings.md"
ROW = re.compile(r"^\| `(CMS_[A-Z_]+)` \| (.+?) \| (.+) \|$", re.MULTILINE)


def documented_default(field: FieldInfo) -> str:
    """A default as the document writes it: a dash for nothing, else in code marks."""
    default = field.get_default(call_default_factory=True)
    if default is None or default == ():
        return "–"
    if default == BUNDLED_PLUGINS:
        return "the seven bundled plugins"
    if isinstance(default, tuple):
        return f"`{','.join(map(str, default))}`"
    if default == IMAGE_PRESETS:
        return ", ".join(f"`{name}`" for name in IMAGE_PRESETS)
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    if isinstance(default, Path):
        return f"`{default.relative_to(PROJECT_DIR)}`"
    return f"`{default}`"


def test_every_variable_is_documented_with_its_default() -> None:
    chapter = DOCUMENT.read_text(encoding="utf-8").split("## Variables")[1].split("\n## ")[0]
    documented = {name: default for name, default, _meaning in ROW.findall(chapter)}
    declared = {
        f"{PREFIX}{name.upper()}": documented_default(field)
        for name, field in Environment.model_fields.items()
    }
    assert documented == declared
    assert list(documented) == list(declared)


def test_every_variable_has_a_docstring() -> None:
    assert [name for name, field in Environment.model_fields.items() if not field.description] == []


def test_nothing_else_reads_the_environment() -> None:
    """The project's packages take their configuration from the settings alone."""
    allowed = {"cms/settings/env.py", "cms/settings/test.py", "cms/wsgi.py"}
    allowed.add("cms/plugins/scaffold/make.py")  # hands it on to the process that it starts
    readers = {
        str(path.relative_to(PROJECT_DIR))
        for package in ("cms", "search")
        for path in (PROJECT_DIR / package).rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\b", path.read_text(encoding="utf-8"))
    }
    assert readers <= allowed


def test_an_unknown_variable_is_refused_with_the_likely_name(load_settings: Load) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"CMS_ALOWED_HOSTS.*Did you mean CMS_ALLOWED"):
        load_settings("test", ALOWED_HOSTS="cms.example.vn")


def test_every_wrong_value_is_named_and_none_is_shown(load_settings: Load) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        load_settings("test", WEB_WORKERS="none-of-it", LOG_LEVEL="none-of-it")
    assert "CMS_WEB_WORKERS" in str(refusal.value)
    assert "CMS_LOG_LEVEL" in str(refusal.value)
    assert "none-of-it" not in str(refusal.value)


def test_plugin_settings_that_are_not_json_are_refused(load_settings: Load) -> None:
    with pytest.raises(ImproperlyConfigured, match="CMS_PLUGIN_SETTINGS"):
        load_settings("test", PLUGIN_SETTINGS="{")


def test_image_presets_are_read_and_checked(load_settings: Load) -> None:
    settings = load_settings("test", IMAGE_PRESETS='{"logo": {"widths": [64, 128]}}')
    assert settings.CMS_IMAGE_PRESETS == {"logo": {"widths": [64, 128], "ratio": None}}
    for wrong in (
        "{}", "[]", "{", '{"a b": {"widths": [64]}}', '{"a": {"widths": []}}',
        '{"a": {"widths": [99999]}}', '{"a": {"widths": [64], "height": 1}}',
    ):  # fmt: skip
        with pytest.raises(ImproperlyConfigured, match="CMS_IMAGE_PRESETS"):
            load_settings("test", IMAGE_PRESETS=wrong)


def test_lists_are_written_with_commas(load_settings: Load) -> None:
    settings = load_settings("test", DISABLED_PLUGINS=" gallery, support ,", CORS_ORIGINS="*")
    assert settings.CMS_DISABLED_PLUGINS[:2] == ["gallery", "support"]  # then the tests' sample
    assert settings.CORS_ALLOW_ALL_ORIGINS is True
    assert settings.CORS_ALLOWED_ORIGINS == []


def test_an_empty_variable_is_as_good_as_none(load_settings: Load) -> None:
    assert load_settings("test", FRONTEND_URL="").CMS_FRONTEND_URL is None


def test_a_relative_var_folder_starts_at_the_project(load_settings: Load) -> None:
    settings = load_settings("test", VAR_DIR="elsewhere/var")
    assert settings.VAR_DIR == PROJECT_DIR / "elsewhere" / "var"
    assert settings.STATIC_ROOT.is_relative_to(settings.VAR_DIR)


def test_addresses_end_without_a_slash(load_settings: Load) -> None:
    settings = load_settings("test", FRONTEND_URL="https://portal.example.vn/")
    assert settings.CMS_FRONTEND_URL == "https://portal.example.vn"
