"""Fill this project's site: ``python -m benchmarks.load_ours COUNT IDS_FILE``.

The pages' rows are written in bulk; the section hands them their addresses and their entries in
the feed (``sync_below``), as it does when a branch of the tree becomes public. The documents are
built by the builder that publishing uses, from the pages as they are in memory, and written in
bulk: ``verify_documents`` finds no difference afterwards (tests/test_benchmarks.py).
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from benchmarks import phrases
from benchmarks.content import Plan, make_plan
from benchmarks.loading import run_loader

BATCH = 250  # documents a statement


def make_portal() -> Any:
    """A published home page and a section in place of Wagtail's welcome page; the section."""
    from wagtail.models import Page, Site

    from cms.plugins.section.models import HomePage, SectionPage

    home = HomePage(title="Trang chủ", slug="trang-chu")
    Page.objects.get(depth=1).add_child(instance=home)
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    Page.objects.filter(depth=2).exclude(pk=home.pk).delete()
    home = HomePage.objects.get(pk=home.pk)
    home.save_revision().publish()
    section = SectionPage(title="Văn bản", slug="van-ban")
    home.add_child(instance=section)
    section.save_revision().publish()
    return SectionPage.objects.get(pk=section.pk)


class Records:
    """The shared records that the plans refer to, with everything of them that is delivered."""

    def __init__(self) -> None:
        from django.db.models import prefetch_related_objects

        from benchmarks.bulk import add_images
        from cms.pages.models import Organisation, Person, Topic

        self.issuers = [
            Organisation.objects.create(code=code, name=name, short_name=short)
            for code, name, short in phrases.ORGANISATIONS
        ]
        self.people = [
            Person.objects.create(slug=f"nguoi-{number}", full_name=name, position=position)
            for number, (name, position) in enumerate(phrases.PEOPLE)
        ]
        self.topics = [
            Topic.objects.create(name=name, slug=f"chu-de-{number}")
            for number, name in enumerate(phrases.TOPICS)
        ]
        self.images = add_images()
        prefetch_related_objects(self.issuers, "predecessors", "successors")
        for issuer in self.issuers:
            issuer.names = []

    def page(self, plan: Plan) -> Any:
        """A plan's page with its child rows, none of it written yet."""
        from cms.plugins.official_document import models
        from cms.plugins.official_document.references import number_key

        return models.OfficialDocumentPage(
            title=plan.title,
            slug=plan.slug,
            number=plan.number,
            number_key=number_key(plan.number),
            document_type=plan.document_type,
            issuer=self.issuers[plan.issuer],
            place=plan.place,
            issued_on=plan.issued_on,
            effective_on=plan.effective_on,
            abstract=plan.abstract,
            signer=self.people[plan.signer],
            signer_position=self.people[plan.signer].position,
            topics=[self.topics[topic] for topic in plan.topics],
            recipients=[
                models.DocumentRecipient(sort_order=order, name=name, role=role)
                for order, (name, role) in enumerate(plan.recipients)
            ],
            references=[
                models.DocumentReference(
                    sort_order=order,
                    relation=reference.relation,
                    number=reference.number,
                    number_key=number_key(reference.number),
                    issued_on=reference.issued_on,
                    subject=reference.subject,
                )
                for order, reference in enumerate(plan.references)
            ],
            files=[],
            events=[],
            body=json.dumps(plan.body(self.images)),
        )


def insert(section: Any, pages: Sequence[Any]) -> None:
    """Writes the pages below the section, with what belongs to them."""
    from benchmarks.bulk import insert_pages
    from cms.plugins.official_document import models

    insert_pages(section, pages)
    tagged = models.OfficialDocumentPage.topics.through
    tagged.objects.bulk_create(
        tagged(officialdocumentpage_id=page.pk, topic_id=topic.pk)
        for page in pages
        for topic in page.topics.all()
    )
    for model, name in (
        (models.DocumentRecipient, "recipients"),
        (models.DocumentReference, "references"),
    ):
        rows = [row for page in pages for row in getattr(page, name).all()]
        for row in rows:
            row.page_id = row.page.pk  # which the page had not yet when it took the row in
        model.objects.bulk_create(rows)


def build(pages: list[Any]) -> None:
    """Builds the documents of new pages whose rows stand and are still to be filled.

    Takes the pages out of the list: a body that was read is many times as large as its JSON.
    """
    from django.utils import timezone

    from cms.pages.build import Build
    from cms.pages.builder import build_document
    from cms.pages.fingerprint import fingerprint
    from cms.pages.models import DocumentTag, PublishedDocument
    from cms.pages.paths import load_roots

    roots = load_roots()
    written = ["body", "card", "card_tags", "tags", "provides", "etag", "rebuild_at",
               "fingerprint", "built_at", "stale"]  # fmt: skip
    while batch := pages[:BATCH]:
        del pages[:BATCH]
        rows = PublishedDocument.objects.in_bulk([page.pk for page in batch])
        for page in batch:
            built, row = build_document(page, Build(roots=roots)), rows[page.pk]
            row.body, row.card, row.etag = built.body, built.card, built.etag
            row.card_tags, row.tags = sorted(built.card_tags), sorted(built.tags)
            row.provides = sorted(page.change_tags())
            row.rebuild_at, row.built_at = built.rebuild_at, timezone.now()
            row.fingerprint, row.stale = fingerprint(), False
        PublishedDocument.objects.bulk_create(
            rows.values(), update_conflicts=True, unique_fields=["page"], update_fields=written
        )
        DocumentTag.objects.bulk_create(
            DocumentTag(document_id=row.pk, tag=tag) for row in rows.values() for tag in row.tags
        )


@transaction.atomic
def load(count: int, ids_file: Path) -> None:
    """``count`` published plans below a section below the home page."""
    from benchmarks.bulk import write_ids
    from cms.pages.subtree import sync_below

    records = Records()
    section = make_portal()
    pages = [records.page(make_plan(index)) for index in range(count)]
    insert(section, pages)
    sync_below(section)
    write_ids(ids_file, pages, records.issuers)
    started = time.perf_counter()
    build(pages)
    each = (time.perf_counter() - started) / count
    print(f"  documents built in {each * 1000:.1f} ms each", flush=True)


if __name__ == "__main__":
    run_loader(load)
