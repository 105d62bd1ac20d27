"""What the public may not see does not exist: on no endpoint, by no secondary path."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from cms.changes.feed import number_changes
from tests.delivery.conftest import Api
from tests.delivery.hidden import CANARY, Hidden, hide_for_every_reason, seen_by_the_public
from tests.fixtures.portal import Portal

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def hidden(portal: Portal) -> Iterator[Hidden]:
    """Hidden pages, at the moment when all of them are hidden."""
    found = hide_for_every_reason(portal)
    number_changes()
    with seen_by_the_public():
        yield found


def test_every_404_is_the_same_bytes(api: Api, hidden: Hidden) -> None:
    never = api.get("pages/987654")
    assert never.status_code == 404
    paths = [f"pages/{pk}" for pk in hidden.ids.values()]
    paths += [f"pages/{pk}?locale=en&fallback=vi" for pk in hidden.ids.values()]
    paths += [f"resolve?path={path}" for path in hidden.paths.values()]
    paths += [f"resolve?path=/cu-{pk}/" for pk in hidden.ids.values()]
    paths += ["resolve?path=/vong-1/", "resolve?path=/khong-co/", "nothing", "menus/nothing",
              "types/video", "types/nothing", f"pages/{10**30}", "pages/-1", "pages/x"]  # fmt: skip
    for path in paths:
        for headers in (None, {"If-None-Match": "*"}):
            response = api.get(path, headers=headers)
            assert response.status_code == 404, path
            assert response.content == never.content, path
            assert dict(response.headers) == dict(never.headers), path
        assert api.client.head(f"/api/v1/{path}").status_code == 404
        assert api.client.options(f"/api/v1/{path}").status_code == (
            api.client.options("/api/v1/" + path.split("?")[0]).status_code
        )


def test_the_canary_is_nowhere(api: Api, hidden: Hidden) -> None:
    public = hidden.public
    sections = [hidden.paths["private section"], "/tin-tuc/", "/"]
    paths = [
        f"pages/{public.pk}", f"pages/{public.pk}?rich_text=ast", "pages?fields=*&limit=100",
        "pages?limit=100&count=exact", "pages?type=article&fields=*", "pages?type=support&fields=*",
        "pages?locale=en&fallback=vi&fields=*", "pages?locale=en&fields=*", "menus/main",
        "menus/main?path=/tin-tuc/&locale=en&fallback=vi", "redirects?limit=100", "changes",
        "changes?limit=1000", "types", "types/article", "openapi.json", "resolve?path=/tin-tuc/",
        "site", "pages/4", "/readyz",
        *(f"pages?within={path}&fields=*" for path in sections),
        *(f"pages?parent={path}&fields=*" for path in sections),
        *(f"pages?parent={pk}" for pk in hidden.ids.values()),
        *(f"pages?filter[id][eq]={pk}" for pk in hidden.ids.values()),
    ]  # fmt: skip
    for path in paths:
        response = api.get(path)
        assert response.status_code in (200, 404), (path, response.content)
        assert CANARY.lower() not in response.content.decode().lower(), path
        assert CANARY.lower() not in str(response.headers).lower(), path


def test_no_list_counts_or_orders_by_it(api: Api, hidden: Hidden) -> None:
    for query in (
        {"filters": {("title", "contains"): CANARY}},
        {"type": "article", "filters": {("title", "startswith"): CANARY}},
        {"filters": {("slug", "in"): "hen-gio,het-han,trang-private,trang-unpublished"}},
        {"within": hidden.paths["private section"]},
        {"parent": hidden.ids["private section"]},
        {"filters": {("parent", "eq"): hidden.ids["private section"]}},
    ):
        found = api.json("pages", count="exact", **query)
        assert (found["items"], found["total"]) == ([], 0)


def test_references_to_hidden_pages_are_gone(api: Api, hidden: Hidden) -> None:
    page = api.json(f"pages/{hidden.public.pk}")
    assert page["related_pages"] == []
    cards = [b["value"]["pages"] for b in page["body"] if b["type"] == "page_cards"]
    assert {card for cards_of_one in cards for card in cards_of_one} <= {None}
    assert all(b["value"]["document"] is None for b in page["body"] if b["type"] == "citation")
    assert "href" not in page["body"][0]["value"]
    assert api.json("menus/main")["items"] == []
    assert all("/cu-" not in item["from"] for item in api.json("redirects")["items"])


def test_a_hidden_type_comes_back_unchanged(api: Api, portal: Portal) -> None:
    hidden = hide_for_every_reason(portal)
    before = api.get(f"pages/{hidden.ids['disabled']}")
    assert CANARY in before.content.decode()
    # What the other tests look for is there to be seen before it is hidden.
    assert CANARY in api.get(f"pages/{hidden.public.pk}").content.decode()
    assert CANARY in api.get("menus/main").content.decode()
    with seen_by_the_public():
        assert api.get(f"pages/{hidden.ids['disabled']}").status_code == 404
    after = api.get(f"pages/{hidden.ids['disabled']}")
    assert after.content == before.content


# --- No reader goes around the gate ---------------------------------------------------------------

FOLDERS = ("cms/delivery", "search")
MANAGERS = {"objects", "_default_manager", "_base_manager"}
ALLOWED = {
    "ApiToken": "who may read is no content",
    "PersistedQuery": "what clients ask, no content",
    "Menu": "editors' menus are public; the pages in them go through the gate",
    "PreviewToken": "shows the one draft that it was made for, to its own editor",
    "Redirect": "old addresses; the pages that they lead to go through the gate",
    "FollowerCursor": "when the worker was last seen",
    "Abbreviation": "the glossary of search is no content",
    "Permission": "the rights that a group of editors may be given",
    "PortalImage": "images have a gate of their own: their collection's privacy",
    "PortalDocument": "files have the same gate as images",
}
"""Whose managers readers may use, and why that shows no page."""


def _sources() -> list[Path]:
    """``search/admin`` is the editors' search: drafts are its purpose, rights are Wagtail's."""
    return [path for folder in FOLDERS for path in (PROJECT / folder).rglob("*.py")
            if not {"migrations", "tests", "admin"} & {*path.parts}]  # fmt: skip


@pytest.mark.parametrize("path", _sources(), ids=lambda path: str(path.relative_to(PROJECT)))
def test_readers_go_through_the_gate(path: Path) -> None:
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            assert isinstance(node.value, ast.Name), f"line {node.lineno}"
            assert node.value.id in ALLOWED, f"line {node.lineno}: {node.value.id}.{node.attr}"
    for statement in _at_run_time(tree):
        for name in _imported(statement):
            assert name not in ("PublishedDocument", "DocumentTag", "Page", "get_page_model"), (
                f"line {statement.lineno} imports {name}"
            )


def _at_run_time(tree: ast.AST) -> Iterator[ast.stmt]:
    """The statements, without those for type checkers alone."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.stmt):
            yield node
        yield from _at_run_time(node)


def _imported(statement: ast.stmt) -> list[str]:
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        return []
    return [alias.name for alias in statement.names]
