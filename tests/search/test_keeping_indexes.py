"""The worker's look at the engines waits for none of them."""

from __future__ import annotations

import threading
from unittest import mock

import pytest
from django.conf import LazySettings

from search.contract import Engine
from search.indexing import duties
from search.indexing.duties import KeepIndexes

PATIENCE = 30.0


@pytest.mark.django_db
def test_a_look_at_a_server_that_does_not_answer_takes_no_time_of_the_worker(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEARCH_BUILDS_INDEXES = True
    answered = threading.Event()

    def stamp() -> str:
        assert answered.wait(PATIENCE)
        return "of this version"

    server = mock.Mock(Engine, stamp=stamp)
    server.name = "elasticsearch"
    monkeypatch.setattr(duties, "engines", lambda: (server,))
    monkeypatch.setattr(duties, "stamp", lambda: "of this version")
    duty = KeepIndexes()

    for key in duty.due():
        assert not duty.run(key)

    assert not answered.is_set()
    answered.set()
    assert duty.finish() == 0  # it fits: there was nothing to build
    assert not server.rebuilding.called
