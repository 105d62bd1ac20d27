"""The benchmark measures what it says: the same content, checked answers, real documents."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from benchmarks import client
from benchmarks.apis import Interface
from benchmarks.content import make_plan
from benchmarks.errors import BenchmarkError
from benchmarks.load_ours import load
from benchmarks.report import judge
from benchmarks.rounds import CASES, Case, Target
from benchmarks.sites import Server, Site
from cms.pages.models import PublishedDocument
from cms.pages.verification import verify_documents
from cms.plugins.official_document.models import OfficialDocumentPage

PLANS = 6


def test_a_plan_is_the_same_each_time_and_each_has_its_own_number_and_day() -> None:
    plans = [make_plan(index) for index in range(500)]
    assert plans == [make_plan(index) for index in range(500)]
    assert plans[7].body([1, 2]) == make_plan(7).body([1, 2])
    assert len({plan.number for plan in plans}) == len({plan.issued_on for plan in plans}) == 500


def test_a_plan_has_the_size_of_a_real_one() -> None:
    sizes = [len(orjson.dumps(make_plan(index).body([1]))) for index in range(50)]
    assert min(sizes) > 8_000 and max(sizes) < 15_000


@pytest.mark.django_db
def test_bulk_loading_leaves_what_publishing_would(tmp_path: Path) -> None:
    load(PLANS, tmp_path / "ids.json")
    ids = orjson.loads((tmp_path / "ids.json").read_bytes())["pages"]
    assert PublishedDocument.objects.filter(pk__in=ids, stale=False).count() == PLANS
    assert list(verify_documents()) == []
    before = {row.pk: bytes(row.body) for row in PublishedDocument.objects.filter(pk__in=ids)}
    for page in OfficialDocumentPage.objects.filter(pk__in=ids):
        page.full_clean()  # an editor could have made it
        page.save()  # builds it the usual way
    after = {row.pk: bytes(row.body) for row in PublishedDocument.objects.filter(pk__in=ids)}
    assert after == before


def test_the_plain_site_has_its_migrations(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CMS_")}
    environment |= {
        "PLAIN_VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "benchmarks.plain_wagtail.settings",
    }
    subprocess.run(
        [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
        env=environment, check=True,
    )  # fmt: skip


def test_grapple_is_compared_on_the_same_versions() -> None:
    locks = [_locked(name) for name in ("dev", "grapple")]
    same = {"django", "wagtail", "granian", "orjson", "psycopg", "modelsearch"}
    assert {name: locks[0][name] for name in same} == {name: locks[1][name] for name in same}
    assert "wagtail-grapple" not in locks[0]


def _locked(name: str) -> dict[str, str]:
    lines = Path(f"requirements/{name}.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.split()[0] for line in lines if "==" in line and line[0].isalnum()]
    return {pin.partition("==")[0].partition("[")[0]: pin.partition("==")[2] for pin in pins}


@pytest.fixture
def answering() -> Iterator[int]:
    """The port of a server that answers ``/right`` in two pieces and all else with an error."""
    right = b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nright"
    wrong = b"HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy"

    def serve(connection: socket.socket) -> None:
        with connection, contextlib.suppress(ConnectionError):  # the client leaves in the middle
            while request := connection.recv(65536):
                if request.startswith(b"GET /right "):
                    connection.sendall(right[:-2])
                    connection.sendall(right[-2:])
                else:
                    connection.sendall(wrong)

    def accept(listening: socket.socket) -> None:
        while True:
            try:
                connection, _address = listening.accept()
            except OSError:
                return  # closed: the test is over
            threading.Thread(target=serve, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, args=(listening,), daemon=True).start()
        yield listening.getsockname()[1]
        listening.shutdown(socket.SHUT_RDWR)


def test_answers_are_read_whole(answering: int) -> None:
    answers = [answer for _path, answer in client.fetch(answering, ["/right", "/wrong"])]
    assert [(one.status, one.body) for one in answers] == [(200, b"right"), (503, b"busy")]


def test_only_the_right_answers_are_counted(answering: int) -> None:
    done, elapsed = client.measure(answering, {"/right": 5}, 0.05)
    assert done > 0 and elapsed >= 0.05
    with pytest.raises(BenchmarkError, match="Status 200"):
        client.measure(answering, {"/right": 6}, 0.05)
    with pytest.raises(BenchmarkError, match="Status 503"):
        client.measure(answering, {"/wrong": 4}, 0.05)


def _target(case: Case, interface: Interface, pages: int, rates: list[float]) -> Target:
    server = Server(Site(interface.kind, pages, Path()), port=0, pid=0)
    return Target(case, interface, server, {"/": 1}, rates=rates, costs=[1 / x for x in rates])


def test_bars_compare_each_round_with_itself() -> None:
    rates = {"ours": [1500.0, 300.0, 1600.0], "v2": [100.0, 20.0, 80.0], "v3": [160.0, 20.0, 160.0]}
    rates["grapple"] = rates["v3"]
    targets = [
        _target(case, one, pages, [rate * (2 if pages == 1000 else 1) for rate in rates[one.name]])
        for case, interfaces in CASES
        for one in interfaces
        if one.name in rates
        for pages in (1000, 10_000)
    ]
    bars = {bar.name: bar for bar in judge(targets, {"ours, detail": 1, "ours, list of 20": 3})}
    assert bars["detail, 1,000 pages, times v2"].value == 15
    assert bars["detail, 1,000 pages, times v2"].met
    assert bars["detail, 1,000 pages, times v3"].value == 10
    assert not bars["list of 20, 10,000 pages, times v2"].met
    assert bars["GraphQL list of 20, 1,000 pages, times grapple"].met
    assert bars["cost of a detail at 10,000 pages against 1,000"].value == 2
    assert bars["queries, ours, detail"].met
    assert not bars["queries, ours, list of 20"].met
