"""Shared caches are told of every change, in few requests, until they have heard."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from wagtail.contrib.frontend_cache.backends import BaseBackend

from benchmarks.receiver import Receiver, Reply, receive
from cms.changes.followers import catch_up
from cms.changes.models import Failure, FollowerCursor
from cms.changes.purge.caches import read_caches
from cms.changes.purge.followers import PurgeFollower
from tests.delivery.conftest import Api
from tests.fixtures.portal import Portal
from tests.webhooks.conftest import write

pytestmark = pytest.mark.django_db


SITE = {"site_url": "https://www.example.vn/", "api_url": "https://cms.example.vn"}
"""Where a cache without tags has what it forgets."""


@pytest.fixture
def server() -> Iterator[Receiver]:
    """A cache's purging address."""
    with receive() as running:
        yield running


def follower(entry: dict[str, Any]) -> PurgeFollower:
    """The follower for one entry of CMS_PURGE, which has read all that is in the feed."""
    (cache,) = read_caches({"edge": entry}).values()
    found = PurgeFollower("edge", cache)
    catch_up(found)
    return found


def test_varnish_gets_all_tags_of_a_round_in_one_request(server: Receiver) -> None:
    varnish = follower({"by": "header", "url": server.url, "header": "xkey", "separator": " "})
    write(*range(30))
    assert catch_up(varnish) == 30
    (request,) = server.requests
    assert request.method == "PURGE"
    assert set(request.headers["xkey"].split(" ")) == {f"page:{pk}" for pk in range(30)}


def test_fastly_gets_its_key_and_so_many_tags_at_once(server: Receiver) -> None:
    entry = {"by": "header", "url": server.url, "method": "POST", "header": "Surrogate-Key",
             "separator": " ", "headers": {"Fastly-Key": "geheim"}, "most": 20}  # fmt: skip
    fastly = follower(entry)
    write(*range(50))
    catch_up(fastly)
    assert [one.headers["fastly-key"] for one in server.requests] == ["geheim"] * 3
    assert [len(one.headers["surrogate-key"].split()) for one in server.requests] == [20, 20, 10]
    assert "geheim" not in repr(read_caches({"edge": entry}))


def test_cloudflare_gets_json(server: Receiver) -> None:
    entry = {"by": "json", "url": server.url, "headers": {"Authorization": "Bearer geheim"}}
    cloudflare = follower(entry)
    write(1, path="/tin-tuc/a/")
    catch_up(cloudflare)
    (request,) = server.requests
    assert (request.method, request.json) == ("POST", {"tags": ["page:1"]})
    assert request.headers["authorization"] == "Bearer geheim"


def test_a_cache_without_tags_is_told_addresses(server: Receiver) -> None:
    server.reply = lambda request: Reply(404 if "pages" in request.path else 200)
    place = server.url.removesuffix("/hook")
    plain = follower({"by": "address", "url": place, **SITE})
    write(7, path="/moi/", previous_path="/cũ/")
    assert catch_up(plain) == 1
    assert {one.method for one in server.requests} == {"PURGE"}
    assert {(one.headers["host"], one.path) for one in server.requests} == {
        ("www.example.vn", "/moi/"), ("www.example.vn", "/c%C5%A9/"),
        ("cms.example.vn", "/api/v1/pages/7"), ("cms.example.vn", "/api/v1/resolve?path=/moi/"),
        ("cms.example.vn", "/api/v1/resolve?path=/c%C5%A9/"),
    }  # fmt: skip


def test_a_cache_that_is_away_is_told_when_it_is_back(server: Receiver) -> None:
    server.reply = lambda _request: Reply(503, body=b"later")
    varnish = follower({"by": "header", "url": server.url})
    write(1, 2)
    now = timezone.now()
    for hour in range(12):  # more often than anything else is tried
        with time_machine.travel(now + timedelta(hours=hour), tick=False):
            assert catch_up(varnish) == 0
    assert "503" in Failure.objects.get().error
    server.requests.clear()
    server.reply = lambda _request: Reply()
    write(3)
    with time_machine.travel(now + timedelta(hours=13), tick=False):
        assert catch_up(varnish) == 3
    (request,) = server.requests
    assert request.headers["cache-tag"] == "page:1,page:2,page:3"
    assert not Failure.objects.exists()


class Quiet(BaseBackend):
    """A backend as Wagtail's own: what fails is logged, and nothing is raised."""

    purged: ClassVar[list[str]] = []

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self._logger = logging.getLogger(params["LOGGER"])

    def purge(self, url: str) -> None:
        if "moi" in url:
            self._logger.error("Couldn't purge %s", url)
        else:
            self.purged.append(url)


@pytest.mark.parametrize("logger", ["wagtail.frontendcache", "root"])
def test_what_a_backend_only_logs_is_seen_and_tried_again(
    logger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Quiet, "purged", [])
    backend = {"BACKEND": f"{__name__}.Quiet", "LOGGER": logger}
    cloud = follower({"by": "backend", "backend": backend, **SITE})
    write(7, path="/moi/")
    assert catch_up(cloud) == 0
    assert "Couldn't purge https://www.example.vn/moi/" in Failure.objects.get().error
    monkeypatch.setattr(Quiet, "purge", lambda self, url: self.purged.append(url))
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        assert catch_up(cloud) == 1
    assert len(Quiet.purged) == 1 + 3
    assert not Failure.objects.exists()
    assert not any(type(one).__name__ == "Handler" for one in logging.getLogger().handlers)


def test_an_address_that_is_refused_is_tried_again(server: Receiver) -> None:
    server.reply = lambda _request: Reply(503)
    plain = follower({"by": "address", "url": server.url, **SITE})
    write(7, path="/moi/")
    assert catch_up(plain) == 0
    assert len(server.requests) == 1
    assert "503" in Failure.objects.get().error


@pytest.mark.parametrize("status", [301, 307, 400, 500])
def test_only_2xx_is_a_success(server: Receiver, status: int) -> None:
    server.reply = lambda _request: Reply(status, {"Location": server.url})
    varnish = follower({"by": "header", "url": server.url})
    write(1)
    assert catch_up(varnish) == 0
    assert len(server.requests) == 1


def test_what_an_answer_is_tagged_with_is_what_is_purged(server: Receiver, portal: Portal) -> None:
    page = portal.article("Bài")
    varnish = follower({"by": "header", "url": server.url})
    FollowerCursor.objects.filter(name=varnish.name).update(seq=0)
    answer = Api().get(f"pages/{page.pk}")
    write()  # numbers what the portal has written
    catch_up(varnish)
    purged = ",".join(one.headers["cache-tag"] for one in server.requests).split(",")
    assert f"page:{page.pk}" in set(answer.headers["Cache-Tag"].split(",")) & set(purged)


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ({}, "by"),
        ({"by": "header"}, "url"),
        ({"by": "header", "url": "ftp://x/"}, "url"),
        ({"by": "json", "url": "https://x/", "headers": {"Authorization": 1}}, "headers"),
        ({"by": "header", "url": "https://x/", "method": "DELETE"}, "method"),
        ({"by": "header", "url": "https://x/", "geheim": 1}, "geheim"),
        ({"by": "address", "site_url": "https://x/"}, "url"),
        ({"by": "backend", "backend": {}}, "BACKEND"),
        ({"by": "backend", "backend": {"BACKEND": "a.HTTPBackend"}}, "address"),
    ],
)
def test_a_wrong_entry_is_named(entry: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"CMS_PURGE\['edge'\].*{wrong}"):
        read_caches({"edge": entry})
