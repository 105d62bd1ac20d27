"""The worker goes round, whatever other people's servers do."""

from __future__ import annotations

import threading
from typing import override

import pytest
from django.db import transaction

from cms.changes.feed import append
from cms.changes.followers import Follower
from cms.changes.models import Change, Reason
from cms.changes.worker import Worker

PATIENCE = 30.0  # seconds until what does not happen is taken as never happening


class Waiting(Follower):
    """Waits in the middle of its work for a server that does not answer."""

    name = "waiting"
    from_start = True
    asks_servers = True

    def __init__(self) -> None:
        self.asks = threading.Event()
        self.answered = threading.Event()
        self.gave_up = False

    @override
    def follow(self, change: Change) -> None:
        self.asks.set()
        self.gave_up = not self.answered.wait(PATIENCE)


class Quick(Follower):
    """Follows while the other waits, which has both end."""

    name = "quick"
    from_start = True

    def __init__(self, waiting: Waiting) -> None:
        self.waiting = waiting
        self.worker: Worker

    @override
    def follow(self, change: Change) -> None:
        assert self.waiting.asks.wait(PATIENCE)
        self.waiting.answered.set()
        self.worker.stop()


@pytest.mark.django_db(transaction=True)
def test_a_follower_whose_server_does_not_answer_holds_no_other_up() -> None:
    with transaction.atomic():
        append([Change(reason=Reason.UPDATE, type="article", object_id=1)])
    waiting = Waiting()
    quick = Quick(waiting)
    quick.worker = Worker(followers=[waiting, quick], duties=[], poll_seconds=0.01)

    quick.worker.run()

    assert waiting.answered.is_set() and not waiting.gave_up


@pytest.mark.django_db(transaction=True)
def test_what_nobody_expects_in_a_thread_ends_the_worker() -> None:
    class Broken(Follower):
        asks_servers = True

        @property
        def name(self) -> str:  # type: ignore[override] # known at work
            raise LookupError("no such follower")

    with pytest.raises(LookupError, match="no such follower"):
        Worker(followers=[Broken()], duties=[], poll_seconds=0.01).run()
