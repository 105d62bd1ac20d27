"""Random sequences of edits: documents stay true, and the feed tells of each change once."""

from __future__ import annotations

from collections import Counter
from typing import Any
from unittest import mock

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from wagtail.models import Page, PageViewRestriction

from cms.changes.models import Change
from cms.pages.models import Organisation, PublishedDocument
from cms.pages.reading import load_document
from cms.pages.verification import verify_documents
from cms.plugins.article.models import ArticlePage, RelatedPage
from cms.plugins.section.models import SectionPage
from tests.fixtures.portal import make_portal

pytestmark = pytest.mark.django_db

PICK = st.integers(min_value=0, max_value=50)


class PowerCutError(RuntimeError):
    """A failure in the middle of a change."""


class Editors(RuleBasedStateMachine):
    """Editors at work on one portal; each run is undone at its end."""

    def __init__(self) -> None:
        super().__init__()
        self._atomic = transaction.atomic()
        self._atomic.__enter__()
        self.portal = make_portal()
        self.unit = Organisation.objects.create(code="pkh", name="Phòng Kế hoạch")
        self.number = 0
        self.before = self.public_state()
        self.seen = Change.objects.count()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._atomic.__exit__(None, None, None)

    def public_state(self) -> dict[int, tuple[str, bytes]]:
        return {row.pk: (row.path, bytes(row.body)) for row in PublishedDocument.objects.all()}

    def pages(self) -> list[Page]:
        return list(Page.objects.descendant_of(self.portal.home).order_by("pk"))

    def pick(self, index: int) -> Any:
        pages = self.pages()
        return pages[index % len(pages)].specific

    @rule(parent=PICK, kind=st.sampled_from([ArticlePage, SectionPage]), live=st.booleans())
    def create(self, parent: int, kind: type[Page], live: bool) -> None:
        below = [page for page in self.pages() if page.specific_class is SectionPage]
        if not below:
            below = [self.portal.home]
        self.number += 1
        page = kind(title=f"Trang {self.number}", live=False)
        Page.objects.get(pk=below[parent % len(below)].pk).specific.add_child(instance=page)
        revision = page.save_revision()
        if live:
            revision.publish()

    @rule(index=PICK, words=st.text(alphabet="aăâđơư ", max_size=5), live=st.booleans())
    def edit(self, index: int, words: str, live: bool) -> None:
        page = self.pick(index).get_latest_revision_as_object()
        page.lead = words
        revision = page.save_revision()
        if live:
            revision.publish()

    @rule(index=PICK, other=PICK)
    def relate(self, index: int, other: int) -> None:
        page = self.pick(index)
        if isinstance(page, ArticlePage):
            page.related_pages = [RelatedPage(target=Page.objects.get(pk=self.pick(other).pk))]
            page.byline_unit = self.unit
            page.save_revision().publish()

    @rule(index=PICK)
    def rename(self, index: int) -> None:
        page = self.pick(index)
        self.number += 1
        page.slug = f"dia-chi-{self.number}"
        page.save()

    @rule(index=PICK)
    def unpublish(self, index: int) -> None:
        Page.objects.get(pk=self.pick(index).pk).unpublish()

    @rule(index=PICK, other=PICK)
    def move(self, index: int, other: int) -> None:
        page, parent = self.pick(index), self.pick(other)
        if parent.pk != page.pk and not parent.is_descendant_of(page) and page.can_move_to(parent):
            page.move(parent, pos="last-child")

    @rule(index=PICK)
    def restrict(self, index: int) -> None:
        page = self.pick(index)
        if not PageViewRestriction.objects.filter(page=page).exists():
            PageViewRestriction.objects.create(page=page, restriction_type="login")

    @rule(index=PICK)
    def open(self, index: int) -> None:
        restrictions = list(PageViewRestriction.objects.order_by("pk"))
        if restrictions:
            restrictions[index % len(restrictions)].delete()

    @rule(index=PICK)
    def delete(self, index: int) -> None:
        page = self.pick(index)
        if len(self.pages()) > page.get_descendant_count() + 1:  # never the whole portal
            page.delete()

    @rule(name=st.sampled_from(["Phòng Kế hoạch", "Phòng Tổng hợp"]))
    def rename_unit(self, name: str) -> None:
        self.unit.name = name
        self.unit.save()

    @rule(index=PICK, action=st.sampled_from(["edit", "unpublish", "delete", "rename"]))
    def power_cut(self, index: int, action: str) -> None:
        """The change fails after its document was written: nothing of it may stay."""
        state, entries = self.public_state(), Change.objects.count()
        failing = mock.patch(
            "cms.pages.stale.PublishedDocument.objects.filter", side_effect=PowerCutError
        )
        try:
            with transaction.atomic(), failing:
                getattr(self, action)(index, "đơư", True) if action == "edit" else getattr(
                    self, action
                )(index)
        except PowerCutError:
            assert self.public_state() == state
            assert Change.objects.count() == entries

    @rule()
    def read_all(self) -> None:
        """Readers rebuild what is stale; that is no change of content and leaves no entry."""
        entries = Change.objects.count()
        for page_id in list(PublishedDocument.objects.values_list("pk", flat=True)):
            assert load_document(pk=page_id) is not None
        assert Change.objects.count() == entries
        self.before = self.public_state()

    @invariant()
    def documents_are_as_a_fresh_build_says(self) -> None:
        assert [str(difference) for difference in verify_documents()] == []

    @invariant()
    def feed_names_every_change_once(self) -> None:
        after = self.public_state()
        entries = Change.objects.order_by("pk")[self.seen :]
        named = Counter(
            entry.object_id for entry in entries if entry.type in ("article", "section", "home")
        )
        changed = {
            page_id
            for page_id in {*self.before, *after}
            if self.before.get(page_id) != after.get(page_id)
        }
        assert named == Counter(changed), [str(entry) for entry in entries]
        self.seen = Change.objects.count()
        self.before = after


def test_random_editing_keeps_documents_and_feed_true(db: None) -> None:
    run_state_machine_as_test(
        Editors,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            # A failing sequence is read as it is: shrinking one takes many minutes.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
