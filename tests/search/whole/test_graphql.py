"""GraphQL's search gives what REST's gives."""

from __future__ import annotations

from typing import Any

import orjson

from tests.fixtures.portal import Portal
from tests.search.whole.conftest import Search

QUERY = """
query ($q: String!, $after: String) {
  search(query: $q, first: 2, after: $after, facets: ["type"], type: [ARTICLE, OFFICIAL_DOCUMENT]) {
    edges { node { id title ... on Article { lead } } highlights { title text } }
    nodes { path }
    pageInfo { hasNextPage hasPreviousPage endCursor }
    totalCount facets { name buckets { value label count } }
    loose didYouMean numbers degraded
  }
}"""


def ask(search: Search, **variables: Any) -> dict[str, Any]:
    """The field's value; there must be no errors."""
    body = orjson.dumps({"query": QUERY, "variables": variables})
    response = search.client.post("/graphql/", body, content_type="application/json")
    answer = orjson.loads(response.content)
    assert "errors" not in answer, answer["errors"]
    found: dict[str, Any] = answer["data"]["search"]
    return found


def test_the_same_pages_counts_and_highlights_as_rest(search: Search, portal: Portal) -> None:
    for number in range(3):
        portal.article(f"Bản tin hợp tác xã {number}", lead=f"Số {number} của HTX")
    portal.document(abstract="Bản tin của hợp tác xã")
    search.follow()
    rest = search.ask("ban tin htx", facets="type", highlight="true", limit=2)
    found = ask(search, q="ban tin htx")
    assert [edge["node"]["id"] for edge in found["edges"]] == [one["id"] for one in rest["items"]]
    assert [edge["highlights"] for edge in found["edges"]] == [
        one["highlights"] for one in rest["items"]
    ]
    assert [one["path"] for one in found["nodes"]] == [one["path"] for one in rest["items"]]
    assert found["totalCount"] == rest["total"] == 4
    assert found["facets"] == [{"name": "type", "buckets": rest["facets"]["type"]}]
    assert found["edges"][0]["node"]["lead"].startswith("Số")
    after = ask(search, q="ban tin htx", after=found["pageInfo"]["endCursor"])
    assert after["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": True, "endCursor": None}
    ids = {edge["node"]["id"] for edge in (*found["edges"], *after["edges"])}
    assert len(ids) == 4


def test_numbers_corrections_and_errors(search: Search, portal: Portal) -> None:
    portal.article("Khen thưởng điển hình tiên tiến")
    search.follow()
    assert ask(search, q="60/KH-LMHTX")["numbers"] == ["60/KH-LMHTX"]
    assert ask(search, q="khenn thuongw")["didYouMean"] == "khen thưởng"
    body = orjson.dumps({"query": QUERY, "variables": {"q": ""}})
    response = search.client.post("/graphql/", body, content_type="application/json")
    (error,) = orjson.loads(response.content)["errors"]
    assert error["extensions"]["parameter"] == "query"
