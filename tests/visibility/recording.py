"""The world, made once: seen while all of it is public, then hidden, and seen again.

Everything is asked in both states, and the tests look at what was answered: a cell of the matrix
costs no request of its own.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils import timezone
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.changes.feed import latest_seq, number_changes
from cms.changes.followers import catch_up
from cms.delivery.graphql import documents, limits, persisted
from cms.delivery.preview.tokens import issue
from cms.pages.models import SectionPolicy
from search.engines import embedded_engine
from search.indexing.rebuild import rebuild_index
from tests.factories import translate
from tests.fixtures.portal import make_portal
from tests.hot.conftest import Hot, running
from tests.visibility.asking import Answer, Ask, Asker, ask_hot
from tests.visibility.axes import Reason, Way
from tests.visibility.born import make_born_hidden
from tests.visibility.hosts import make_hosts, make_lists_of_links
from tests.visibility.rows import ROWS
from tests.visibility.subjects import HIDDEN_AFTER, Subject, hide, make_subject
from tests.webhooks.conftest import follower, make_endpoint

__all__ = ["Recording", "record"]

VARIANTS: tuple[dict[str, Any], ...] = (
    {"method": "GET"},
    {"method": "HEAD"},
    {"method": "OPTIONS"},
    {"method": "GET", "headers": (("If-None-Match", "*"),)},
)
"""In which forms a thing that is hidden and one that never was are compared."""


@dataclass
class Recording:
    """What was answered, by state; hot answers by request."""

    subjects: dict[Reason, Subject]
    before: Asker
    after: Asker
    hidden_since: int = 0
    """The number of the last change before anything was hidden."""
    hot_before: dict[Ask, Answer] = field(default_factory=dict)
    hot_after: dict[Ask, Answer] = field(default_factory=dict)
    restarted: dict[Ask, Answer] = field(default_factory=dict)
    """What a process answers that was started with the plugin disabled."""

    def asks(self, endpoint: str, way: Way, reason: Reason) -> list[Ask]:
        """The requests of a cell."""
        return self._cells[endpoint, way, reason]

    def asks_of(self, endpoint: str, reason: Reason) -> list[Ask]:
        """The requests of an endpoint about what one reason hides."""
        cells = [asks for (name, way, why), asks in self._cells.items()
                 if (name, why) == (endpoint, reason) and way is not Way.HOT]  # fmt: skip
        return [one for asks in [*cells, self._also[endpoint, reason]] for one in asks]

    def asks_by(self, *ways: Way) -> set[Ask]:
        """The requests of all endpoints by these ways."""
        return {one for (_, way, _), asks in self._cells.items() if way in ways for one in asks}

    _cells: dict[tuple[str, Way, Reason], list[Ask]] = field(default_factory=dict)
    _also: dict[tuple[str, Reason], list[Ask]] = field(default_factory=dict)

    def plan(self) -> None:
        """Works out all requests, while everything is public."""
        for reason, subject in self.subjects.items():
            for row in ROWS:
                self._also[row.endpoint, reason] = list(row.also(subject))
                for way, asks in row.asks.items():
                    self._cells[row.endpoint, way, reason] = list(asks(subject))

    def all_asks(self) -> list[Ask]:
        """Every request once, without those for the hot path."""
        also = [one for asks in self._also.values() for one in asks]
        return [*dict.fromkeys([*self.asks_by(*set(Way) - {Way.HOT}), *also])]

    def hot_asks(self) -> set[Ask]:
        """Every request for the hot path once."""
        return self.asks_by(Way.HOT)


def record() -> Recording:
    """Makes the world in an empty, committed database and asks everything, twice."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for module in (limits, documents):
            for name in vars(module):
                if name.startswith("MAX_"):
                    patch.setattr(module, name, 10**9)
        patch.setattr("cms.delivery.preview.tokens.MAX_PER_SESSION", 1_000)
        disabled = [one for one in settings.CMS_DISABLED_PLUGINS if one != "course"]
        stack.enter_context(
            override_settings(
                CMS_DISABLED_PLUGINS=disabled, CMS_GRAPHQL_MAX_COST=10**12,
                CMS_GRAPHQL_PERSISTED=10_000, CMS_PUBLIC_CACHE_SECONDS=0,
            )
        )  # fmt: skip
        stack.enter_context(disable_reference_index_auto_update())  # which only the admin reads
        cache.clear()
        persisted._find.cache_clear()
        recording = _make_world()
        hot = stack.enter_context(running())
        hot.path.store.max_bytes = 10**9  # room for everything, also for the longest list
        _see_all(recording, hot)
        hide(recording.subjects[Reason.EXPIRED])  # who is public until then
        recording.hidden_since = latest_seq()
        for reason in set(Reason) - {Reason.EXPIRED}:
            hide(recording.subjects[reason])
        number_changes()
        catch_up(follower())
        stack.enter_context(time_machine.travel(timezone.now() + HIDDEN_AFTER))
        hot.wait_until_current()
        for one in recording.hot_asks():
            recording.hot_after[one] = ask_hot(hot, one)
        hot.path.following.stop()
        stack.enter_context(override_settings(CMS_DISABLED_PLUGINS=[*disabled, "course"]))
        with running() as restarted:
            _see_what_is_left(recording, restarted)
    persisted._find.cache_clear()
    cache.clear()
    return recording


def _make_world() -> Recording:
    portal = make_portal()
    make_endpoint("https://nhan.example.vn/hook")
    english = translate(portal.news, "News")
    # Sources stand in for English pages, and aliases of them are shown.
    SectionPolicy.objects.create(page=portal.home, locale="en", policy="alias")
    subjects = {reason: make_subject(portal, reason, english) for reason in Reason}
    born_hidden = make_born_hidden(portal)
    make_hosts(portal, subjects, born_hidden)
    make_lists_of_links(subjects, born_hidden)
    number_changes()
    catch_up(follower())
    rebuild_index(embedded_engine())  # and it follows nothing of what is hidden: the gate does
    etags: dict[Ask, str] = {}
    recording = Recording(subjects, Asker(etags), Asker(etags))
    recording.plan()
    return recording


def _see_all(recording: Recording, hot: Hot) -> None:
    recording.before.tokens.update(_preview_tokens(recording))
    for one in recording.all_asks():
        recording.before.ask(one)
    for one in recording.hot_asks():
        ask_hot(hot, one)
        recording.hot_before[one] = ask_hot(hot, one)


def _see_what_is_left(recording: Recording, restarted: Hot) -> None:
    recording.after.tokens.update(_preview_tokens(recording))
    for one in recording.all_asks():
        recording.after.ask(one)
        for twin in [one, one.twin] if one.twin else ():
            for variant in VARIANTS:
                recording.after.ask(twin.varied(**variant))
    for one in recording.hot_asks():
        for _time in range(2):
            recording.restarted[one] = ask_hot(restarted, one)


def _preview_tokens(recording: Recording) -> dict[int, str]:
    """A token of each page that is previewed, for somebody who may edit everything."""
    user, _ = User.objects.get_or_create(username="bientap", is_superuser=True, is_staff=True)
    client = Client()
    client.force_login(user)
    tokens: dict[int, str] = {}
    for subject in recording.subjects.values():
        for page in (subject.deep, subject.child, subject.english, *subject.hosts.values()):
            if page is not None:
                fresh = type(page).objects.get(pk=page.pk)
                tokens[page.pk] = issue(fresh, user, client.session.session_key or "") or ""
    return tokens
