"""The worker: numbers the feed, lets followers catch up, does what is due."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import structlog
from django.db import OperationalError, close_old_connections, connection
from django.utils import timezone

from cms.changes.duties import Duty, run_duty
from cms.changes.feed import number_changes
from cms.changes.followers import Follower, catch_up
from cms.changes.models import FollowerCursor

__all__ = [
    "HEARTBEAT",
    "Worker",
    "register_duty",
    "register_follower",
    "registered_duties",
    "registered_followers",
]

HEARTBEAT = "worker"
"""The cursor row whose ``held_until`` says when a worker was last seen."""

logger = structlog.get_logger(__name__)
_followers: dict[str, Follower] = {}
_duties: dict[str, Duty] = {}


def register_follower(follower: Follower) -> None:
    """Adds a follower; raises ValueError for a name that is taken."""
    _add(_followers, follower.name, follower)


def register_duty(duty: Duty) -> None:
    """Adds a duty; raises ValueError for a name that is taken."""
    _add(_duties, duty.name, duty)


def registered_followers() -> list[Follower]:
    """Every follower, in order of registration."""
    return list(_followers.values())


def registered_duties() -> list[Duty]:
    """Every duty, in order of registration."""
    return list(_duties.values())


def _add[T](table: dict[str, T], name: str, entry: T) -> None:
    if name in table:
        raise ValueError(f"{name!r} is taken by {type(table[name]).__name__}.")
    table[name] = entry


class Worker:
    """Runs rounds until told to stop; several workers may run beside each other."""

    def __init__(
        self,
        *,
        followers: Iterable[Follower] | None = None,
        duties: Iterable[Duty] | None = None,
        poll_seconds: float = 1.0,
    ) -> None:
        self.followers = list(registered_followers() if followers is None else followers)
        self.duties = list(registered_duties() if duties is None else duties)
        self.poll_seconds = poll_seconds
        self._stop = threading.Event()

    def stop(self) -> None:
        """Ends :meth:`run` after the item at hand."""
        self._stop.set()
        for duty in self.duties:
            duty.stop()

    def finish(self) -> int:
        """Waits for what duties do beside the rounds; returns how much that was."""
        return sum(duty.finish() for duty in self.duties)

    def run(self) -> None:
        """Rounds without end; a database that is away is waited for.

        Followers that wait for other servers each go round by themselves.
        """
        slow = [follower for follower in self.followers if follower.asks_servers]
        quick = [follower for follower in self.followers if not follower.asks_servers]
        with ThreadPoolExecutor(len(slow) + 1, thread_name_prefix="follower") as threads:
            beside = [threads.submit(self._beside, follower) for follower in slow]
            self._repeat(lambda: self._round(quick), self._beat)
        for loop in beside:
            loop.result()
        self.finish()

    def round(self) -> int:
        """One round over everything; returns how much was done."""
        return self._round(self.followers)

    def _round(self, followers: Iterable[Follower]) -> int:
        steps: list[Callable[[], int]] = [number_changes]
        steps += [partial(run_duty, duty) for duty in self.duties]
        steps += [number_changes]
        steps += [partial(catch_up, follower) for follower in followers]
        done = 0
        for step in steps:
            if self._stop.is_set():
                break
            done += step()
        return done

    def _beside(self, follower: Follower) -> None:
        def turn() -> int:
            catch_up(follower)
            return 0  # a pause each time: who wants to hold this follower (a rebuild) gets it then

        try:
            self._repeat(turn)
        finally:
            connection.close()

    def _repeat(self, work: Callable[[], int], then: Callable[[], None] | None = None) -> None:
        """Does the work again and again until :meth:`stop`; what it can't expect ends them all."""
        try:
            while not self._stop.is_set():
                try:
                    busy = work()
                    if then:
                        then()
                except OperationalError as error:
                    logger.warning("worker_waits_for_database", error=str(error))
                    busy = 0
                if not busy:
                    close_old_connections()  # PostgreSQL's: others may have it meanwhile
                    self._stop.wait(self.poll_seconds)
        except BaseException:
            self.stop()
            raise

    def _beat(self) -> None:
        FollowerCursor.objects.update_or_create(
            name=HEARTBEAT, defaults={"held_until": timezone.now()}
        )
