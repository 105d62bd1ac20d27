"""Every field of the GraphQL schema that can lead to a page, a picture or a file.

The fields are taken from the schema. While it was public each must have led to something of every
reason that can hide such a thing, and it may lead to nothing now. A field that no host fills fails,
with its name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, get_named_type

from cms.delivery.graphql.types.schema import Schema, current_schema
from tests.visibility.asking import Asker
from tests.visibility.axes import Reason
from tests.visibility.recording import Recording

_LEAVES = {"Image", "File", "PageTranslation", "JSON"}


def _leading(schema: Schema) -> Iterator[str]:
    """``Article.image``: the fields by owner; what an interface declares is its own."""
    page = schema.graphql.type_map["Page"]
    assert isinstance(page, GraphQLInterfaceType)
    for type_ in schema.graphql.type_map.values():
        if not isinstance(type_, GraphQLObjectType) or type_.name in schema.connections:
            continue
        if type_.name.startswith("__") or type_ is schema.graphql.query_type:
            continue
        for name, field in type_.fields.items():
            named: Any = get_named_type(field.type)
            leads = named is page or page in getattr(named, "interfaces", ())
            leads = leads or named.name in _LEAVES or "form" in field.args
            if leads:
                owner = "Page" if page in type_.interfaces and name in page.fields else type_.name
                yield f"{owner}.{name}"


FEWER = {
    # A section and a course are what these reasons hide: they cite nothing and are no articles.
    "Article.image": set(Reason) - {Reason.COLLECTION, Reason.PARENT, Reason.DISABLED},
    "OfficialDocumentCitedBy.document": set(Reason)
    - {Reason.COLLECTION, Reason.PARENT, Reason.DISABLED},
}
"""Fields that not every reason's page can stand in."""

PATHS = sorted(set(_leading(current_schema())))


type Shown = dict[str, set[Reason]]
"""Which reasons' secrets stood below each field."""


@pytest.fixture(scope="module")
def shown(recording: Recording) -> tuple[Shown, Shown]:
    """Before and after, over all of GraphQL's answers."""
    secrets = {reason: one.secret.everything for reason, one in recording.subjects.items()}
    return _shown_by(recording.before, secrets), _shown_by(recording.after, secrets)


def _shown_by(asker: Asker, secrets: dict[Reason, re.Pattern[bytes]]) -> Shown:
    types = current_schema().graphql.type_map
    page: Any = types["Page"]
    found: Shown = defaultdict(set)

    def walk(value: Any) -> set[Reason]:
        if isinstance(value, list):
            return set().union(*map(walk, value))
        if not isinstance(value, dict):
            text = orjson.dumps(value)
            return {reason for reason, words in secrets.items() if words.search(text)}
        every: set[Reason] = set()
        for key, inner in value.items():  # `Article_image`: see tests.graphql.selections
            every |= (below := walk(inner))
            owner, _, name = key.rpartition("_")
            # The schema of now has no type of the plugin that was disabled: its types are pages.
            is_page = owner and page in getattr(types.get(owner), "interfaces", [page])
            if is_page and name in page.fields:
                owner = page.name
            found[f"{owner}.{name}"] |= below
        return every

    for asked, answer in asker.answers.items():
        if asked.path == "/graphql/" and answer.body.startswith(b'{"data"'):
            walk(orjson.loads(answer.body)["data"])
    return found


@pytest.mark.parametrize("path", PATHS)
def test_n10_n11(shown: tuple[Shown, Shown], path: str) -> None:
    before, after = shown
    assert before[path], "no host leads anywhere by this field"
    if before[path] != {Reason.COLLECTION}:  # it leads to pages: to those of every reason
        assert before[path] >= FEWER.get(path, set(Reason) - {Reason.COLLECTION})
    assert not after[path]
