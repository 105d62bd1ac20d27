"""Bad input is a problem that names what is allowed: never a 5xx, never a look behind."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.pages.models import PublishedDocument
from tests.delivery.conftest import Api
from tests.fixtures.portal import Portal

MALFORMED = [
    "type=%",
    "type=%zz",
    "type=%C3",
    "type=%ED%A0%80",  # half of a surrogate pair
    "%ff=1",
    "path=%00",
    "filter[title][eq]=a%00b",
    "a=" + "x" * 9_000,
    "&".join(f"a{number}=1" for number in range(3_000)),
]


def _raw(api: Api, path: str, query: str) -> Any:
    return api.client.get(f"/api/v1/{path}", QUERY_STRING=query)


def test_malformed_query_strings(api: Api, portal: Portal, subtests: pytest.Subtests) -> None:
    for path in ("pages", "pages/3", "resolve", "changes", "redirects", "types", "menus/main"):
        for query in MALFORMED:
            with subtests.test(path=path, query=query[:40]):
                response = _raw(api, path, query)
                assert response.status_code == 400
                problem = orjson.loads(response.content)
                assert problem["type"] == "/api/v1/problems/malformed-query"


def test_no_path_breaks_it(api: Api, portal: Portal) -> None:
    for path in ("pages/%00", "types/%00", "menus/%00", "menus/%ff", "pages/%ED%A0%80", "types/..",
                 "types/%F0%9F%92%A5", "menus/" + "x" * 5_000, "pages/" + "9" * 5_000,
                 "problems/%00", "pages/٣", "//", "pages//", "pages/3/"):  # fmt: skip
        assert api.client.get(f"/api/v1/{path}").status_code == 404, path
    for path in ("/images/1/x/card/320", "/images/1/x/card/0", f"/images/{'9' * 40}/x/card/320"):
        assert api.client.get(path).status_code == 404, path


ENDPOINTS: dict[str, list[str]] = {
    "pages": ["type", "within", "parent", "locale", "fallback", "sort", "limit", "cursor", "fields",
              "rich_text", "count", "filter[title][eq]", "filter[id][in]", "filter[path][contains]",
              "filter[published_at][lt]", "filter[parent][isnull]", "filter[title][startswith]",
              "filter[x][y]"],
    "pages?type=official_document": ["filter[number][in]", "filter[issued_on][gte]",
                                     "filter[issuer][eq]", "filter[topics][isnull]", "sort"],
    "resolve": ["path", "locale", "fallback", "fields", "rich_text"],
    "pages/3": ["locale", "fields", "rich_text"],
    "changes": ["since", "limit", "type", "within", "locale"],
    "redirects": ["limit", "cursor"],
    "menus/main": ["locale", "fallback", "path"],
}  # fmt: skip
HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from([
        "' OR 1=1 --", "\"; DROP TABLE x; --", "1) UNION SELECT password FROM auth_user--",
        "title__contains", "owner__password", "$where", "{}", "[]", "null", "true", "-1", "0",
        "1e400", "NaN", "Infinity", "9" * 30, "-" * 50, "," * 20, "%s", "%(x)s", "\\", "\x1b[0m",
        "/" * 1000, "/../../etc/passwd", "/tin-tuc/\n", "٣", "２０２６-01-01", "9999-12-31",
        "0001-01-01T00:00:00+14:00", "2026-02-30", "a" * 1_990, "😀" * 400,
    ]),
)  # fmt: skip


def test_n04_hostile_values_never_break_it(api: Api, portal: Portal) -> None:
    before = PublishedDocument.objects.count()

    @settings(max_examples=250, deadline=None, database=None,
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(st.sampled_from(sorted(ENDPOINTS)), st.data(), HOSTILE)
    def check(path: str, data: st.DataObject, value: str) -> None:
        name = data.draw(st.sampled_from(ENDPOINTS[path]))
        encoded = quote(value.encode("utf-8", "surrogatepass"))
        path, _, query = path.partition("?")
        response = _raw(api, path, f"{query}&{quote(name)}={encoded}")
        assert response.status_code in (200, 400, 404), (path, name, value)
        if response.status_code == 400:
            problem = orjson.loads(response.content)
            assert problem["type"].startswith("/api/v1/problems/")

    check()
    assert PublishedDocument.objects.count() == before


# --- Allow-lists: every other spelling is refused (N01, N03, N04, N07) ----------------------------

PRIVATE_FIELDS = [
    "owner", "latest_revision", "live_revision", "draft_title", "url_path", "depth", "numchild",
    "search_description", "seo_title", "go_live_at", "expire_at", "locked_by", "alias_of",
    "content_type", "has_unpublished_changes", "view_restrictions", "document", "page_ptr",
    "sites_rooted_here", "revisions", "name_key", "number_key", "password", "expires_at", "etag",
]  # fmt: skip


def _spellings(name: str) -> list[str]:
    return [
        name, name.upper(), f" {name}", f"{name} ", f"{name}__pk", f"{name}__password",
        f"title__{name}", f"document__{name}", f"page_ptr__{name}", f"t1.{name}", f"-{name}",
        f"{name}.password", f"{name}->password", f"{name}[0]", f"{name}$", f"?{name}", f"{name}\t",
        name.replace("e", "е"), f"{name};", f"({name})",
    ]  # fmt: skip


def test_n01_n03_nothing_but_public_fields_is_filtered_sorted_or_given(
    api: Api, portal: Portal
) -> None:
    portal.document()
    for name in (spelling for private in PRIVATE_FIELDS for spelling in _spellings(private)):
        for query, kinds in (
            (f"filter[{name}][eq]=1", {"unknown-filter", "unknown-parameter"}),
            (f"sort={name}", {"unknown-sort-key"}),
            (f"fields={name}", {"unknown-field"}),
            (f"{name}=1", {"unknown-parameter"}),
        ):
            field, _, value = query.partition("=")
            response = _raw(api, "pages", f"type=official_document&{quote(field)}={quote(value)}")
            assert response.status_code == 400, query
            problem = orjson.loads(response.content)
            assert problem["type"].rpartition("/")[2] in kinds, query
            assert not set(problem["allowed"]) & set(PRIVATE_FIELDS), query


def test_n01_operators_are_an_allow_list(api: Api, portal: Portal) -> None:
    for operator in ("regex", "iexact", "contains__x", "EQ", "", " eq", "year", "search", "exact",
                     "eq__in", "isnull__", "lt]["):  # fmt: skip
        response = _raw(api, "pages", f"filter[title][{quote(operator)}]=x")
        assert response.status_code == 400, operator


def test_n07_a_parameter_of_elsewhere_is_unknown(api: Api, portal: Portal) -> None:
    for path in (
        "types", "types/article", "changes", "redirects", "menus/main", "openapi.json",
        f"pages/{portal.home.pk}", "/healthz", "/readyz", "problems/not-found",
    ):  # fmt: skip
        for name in ("utm_source", "draft", "preview", "version", "password", "format", "order"):
            problem = api.problem(f"{path}?{name}=1")
            assert problem["type"] == "/api/v1/problems/unknown-parameter", path
            assert problem["parameter"] == name
            assert "allowed" in problem


def test_a_missing_parameter(api: Api, portal: Portal) -> None:
    problem = api.problem("resolve")
    assert (problem["type"], problem["parameter"]) == (
        "/api/v1/problems/missing-parameter", "path",
    )  # fmt: skip
