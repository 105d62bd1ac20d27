"""What is not documented fails: every part, every name of the facade, every link."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cms.plugins import api
from cms.plugins.config import OPTIONAL_MODULES

FOLDER = Path(__file__).parents[2] / "docs" / "plugins"
PAGES = sorted(FOLDER.glob("*.md"))
TEXTS = {page.name: page.read_text(encoding="utf-8") for page in PAGES}


@pytest.mark.parametrize("name", OPTIONAL_MODULES)
def test_every_optional_module_has_its_page(name: str) -> None:
    page = "settings.md" if name == "conf" else f"{name}.md"
    assert f"`{name}.py`" in TEXTS[page]
    assert f"]({page})" in TEXTS["README.md"]


@pytest.mark.parametrize("name", api.__all__)
def test_every_name_of_the_facade_is_listed_and_explained(name: str) -> None:
    assert f"`{name}`" in TEXTS["api.md"]
    explained = {page for page, text in TEXTS.items() if re.search(rf"\b{name}\b", text)}
    assert explained - {"api.md", "checks.md"}, f"Only listed: {name}"


def test_no_name_is_listed_that_does_not_exist() -> None:
    rows = [line for line in TEXTS["api.md"].splitlines() if line.startswith("| `")]
    listed = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert listed == set(api.__all__)


@pytest.mark.parametrize("page", TEXTS)
def test_every_link_leads_somewhere(page: str) -> None:
    for target, anchor in re.findall(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)", TEXTS[page]):
        text = TEXTS[target or page]
        headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
        anchors = {re.sub(r"[^\w\- ]", "", h).lower().replace(" ", "-") for h in headings}
        assert not anchor or anchor in anchors, (page, target, anchor)


@pytest.mark.parametrize("page", sorted(set(TEXTS) - {"README.md"}))
def test_every_page_is_reached_from_the_first(page: str) -> None:
    assert f"]({page})" in TEXTS["README.md"]
