"""Publishing, withdrawing, moving and what is rolled back, with index workers in between (T2, F1).

Whatever order they come in: once the feed has been followed, the index is what the database says,
and at no time does an answer count or show what is not public.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import Page, PageViewRestriction

from cms.pages.models import Organisation, PublishedDocument
from cms.plugins.article.models import ArticlePage
from cms.plugins.section.models import SectionPage
from search.indexing.verify import verify_index
from tests.search.whole.conftest import Search

PICK = st.integers(min_value=0, max_value=50)
WITHDRAWALS = ("unpublish", "delete", "restrict")
WORD = "zanzibarox"


class RolledBackError(RuntimeError):
    """A change that fails at its end."""


def make_machine(search: Search) -> type[RuleBasedStateMachine]:
    """Editors and a worker on one portal; what a run did is undone at its end."""

    class Work(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self._atomic = transaction.atomic()
            self._atomic.__enter__()
            self.unit = Organisation.objects.create(code="pkh", name=f"Phòng {WORD}")
            self.number = 0
            search.rebuild()

        def teardown(self) -> None:
            search.follow()
            differences = [(one.missing, one.outdated, one.left_over)
                           for one in [verify_index(search.engine)] if one]  # fmt: skip
            transaction.set_rollback(True)
            self._atomic.__exit__(None, None, None)
            assert not differences

        def pick(self, index: int) -> Any:
            pages = list(Page.objects.filter(depth__gt=2).order_by("pk"))
            return pages[index % len(pages)].specific if pages else None

        @rule(index=PICK, is_section=st.booleans())
        def create(self, index: int, is_section: bool) -> None:
            sections = list(SectionPage.objects.order_by("pk"))
            if not sections:
                return
            self.number += 1
            title = f"{WORD} {'x ' * (self.number % 5)}{self.number}"
            page = (SectionPage if is_section else ArticlePage)(title=title, live=False)
            if isinstance(page, ArticlePage):
                page.byline_unit = self.unit
            Page.objects.get(pk=sections[index % len(sections)].pk).specific.add_child(
                instance=page
            )
            page.save_revision().publish()

        @rule(index=PICK, live=st.booleans())
        def edit(self, index: int, live: bool) -> None:
            if page := self.pick(index):
                page = page.get_latest_revision_as_object()
                page.lead = f"{page.lead} {WORD}"[-200:]
                revision = page.save_revision()
                if live:
                    revision.publish()

        @rule(
            index=PICK, how=st.sampled_from(["unpublish", "delete", "restrict", "open", "rename"])
        )
        def withdraw(self, index: int, how: str) -> None:
            if page := self.pick(index):
                self._do(page, how)

        @rule(index=PICK, how=st.sampled_from([*WITHDRAWALS, "rename"]))
        def roll_back(self, index: int, how: str) -> None:
            if page := self.pick(index):
                with pytest.raises(RolledBackError), transaction.atomic():
                    self._do(page, how)
                    raise RolledBackError

        @rule(index=PICK, other=PICK)
        def move(self, index: int, other: int) -> None:
            page, parent = self.pick(index), self.pick(other)
            if page is None or parent.pk == page.pk or parent.is_descendant_of(page):
                return
            if page.can_move_to(parent):
                page.move(parent, pos="last-child")

        @rule(name=st.sampled_from([f"Phòng {WORD}", "Phòng Tổng hợp"]))
        def rename_unit(self, name: str) -> None:
            self.unit.name = name
            self.unit.save()

        @rule()
        def follow(self) -> None:
            search.follow()

        @rule()
        def rebuild(self) -> None:
            search.rebuild()

        @invariant()
        def nothing_hidden_is_counted(self) -> None:
            answer = search.ask(WORD, limit=100, facets="type")
            public = set(PublishedDocument.objects.values_list("pk", flat=True))
            found = {item["id"] for item in answer["items"]}
            assert found <= public
            assert answer["total"] == len(found)
            assert sum(one["count"] for one in answer["facets"]["type"]) == len(found)
            # A page further down is in no total either, though no hit tells of it.
            assert search.ask(WORD, limit=1)["total"] == len(found)

        def _do(self, page: Any, how: str) -> None:
            match how:
                case "unpublish":
                    Page.objects.get(pk=page.pk).unpublish()
                case "delete":
                    page.delete()
                case "restrict":
                    if not PageViewRestriction.objects.filter(page=page).exists():
                        PageViewRestriction.objects.create(page=page, restriction_type="login")
                case "open":
                    for restriction in PageViewRestriction.objects.filter(page=page):
                        restriction.delete()
                case "rename":
                    page.slug = f"dia-chi-{page.pk}"
                    page.save()

    return Work


def test_t2_whatever_is_interleaved_the_index_ends_as_the_database(search: Search) -> None:
    run_state_machine_as_test(
        make_machine(search),
        settings=settings(
            max_examples=15, stateful_step_count=15, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
