"""Whoever asks gets the same bytes from the hot path as from Django, in whatever order they ask."""

from __future__ import annotations

import random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from wagtail.models import Locale

from cms.delivery.models import Menu
from tests.access.conftest import make_token
from tests.factories import make_every_type
from tests.fixtures.portal import Portal
from tests.hot.conftest import Hot, ask

REQUESTS = 1_500
"""Over all identities; the addresses are few, so that most answers could come from memory."""

OWN = frozenset({"cache-status", "content-length"})


def _identities(portal: Portal) -> dict[str, dict[str, Any]]:
    client = Client()
    client.force_login(User.objects.create_superuser("an", password="x"))
    session = client.cookies["sessionid"].value
    _, everywhere = make_token()
    _, in_texts = make_token(portal.texts)
    return {
        "anonymous": {},
        "head": {"REQUEST_METHOD": "HEAD"},
        "editor": {"HTTP_COOKIE": f"sessionid={session}"},
        "stranger's cookie": {"HTTP_COOKIE": "theme=dark"},
        "token": {"HTTP_AUTHORIZATION": f"Bearer {everywhere.secret}"},
        "token of a section": {"HTTP_AUTHORIZATION": f"Bearer {in_texts.secret}"},
        "wrong token": {"HTTP_AUTHORIZATION": "Bearer hta_wrong"},
        "proxied": {"HTTP_X_FORWARDED_HOST": "a.example", "HTTP_ACCEPT_LANGUAGE": "en"},
    }


def _addresses(pages: list[int]) -> list[tuple[str, str]]:
    lists = ["", "type=article", "sort=title&limit=3", "limit=3&sort=title", "fields=*&limit=5",
             "within=/van-ban/", "count=exact", "filter[title][contains]=a", "x=1"]  # fmt: skip
    found = [("/api/v1/pages", query) for query in lists]
    found += [(f"/api/v1/pages/{pk}", query) for pk in pages for query in ("", "fields=title")]
    others = ("site", "menus/main", "types", "sitemap.xml", "feeds/atom", "changes", "redirects",
              "openapi.json", "pages/987654")  # fmt: skip
    return found + [(f"/api/v1/{path}", "") for path in others]


@pytest.mark.parametrize("seed", range(2))
def test_n21_memory_changes_no_answer_to_anybody(hot: Hot, portal: Portal, seed: int) -> None:
    Menu.objects.create(title="Chính", handle="main", locale=Locale.get_default())
    pages = [page.pk for page in make_every_type(portal).values()]
    identities, addresses = _identities(portal), _addresses(pages)
    chance = random.Random(seed)  # noqa: S311 - a repeatable order, no secret
    fresh: dict[Any, Any] = {}
    hits = 0
    for _ in range(REQUESTS):
        name, address = chance.choice(list(identities)), chance.choice(addresses)
        given = hot.get(*address, **identities[name])
        if (name, address) not in fresh:
            fresh[name, address] = ask(hot.path._application, *address, **identities[name])
        expected = fresh[name, address]
        assert (given.status, given.body) == (expected.status, expected.body), (name, address)
        headers = {key: value for key, value in given.headers.items() if key not in OWN}
        assert headers == {k: v for k, v in expected.headers.items() if k not in OWN}, (
            name, address,
        )  # fmt: skip
        hits += given.is_hit
    assert hits > REQUESTS / 4
