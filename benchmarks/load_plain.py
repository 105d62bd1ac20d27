"""Fill the plain site: ``python -m benchmarks.load_plain COUNT IDS_FILE``."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import transaction

from benchmarks import phrases
from benchmarks.content import Plan, make_plan
from benchmarks.loading import run_loader


@transaction.atomic
def load(count: int, ids_file: Path) -> None:
    """Plans below a section below the home page that Wagtail's own migrations make."""
    from wagtail.models import Page

    from benchmarks.bulk import add_images, insert_pages, write_ids
    from benchmarks.plain_wagtail import models

    issuers = [
        models.Organisation._default_manager.create(code=code, name=name, short_name=short)
        for code, name, short in phrases.ORGANISATIONS
    ]
    people = [
        models.Person._default_manager.create(
            slug=f"nguoi-{number}", full_name=name, position=position
        )
        for number, (name, position) in enumerate(phrases.PEOPLE)
    ]
    topics = [
        models.Topic._default_manager.create(name=name, slug=f"chu-de-{number}")
        for number, name in enumerate(phrases.TOPICS)
    ]
    section = Page.objects.get(depth=2).add_child(title="Văn bản", slug="van-ban")
    images = add_images()
    plans = [make_plan(index) for index in range(count)]

    def page_of(plan: Plan) -> models.PlanPage:
        return models.PlanPage(
            title=plan.title,
            slug=plan.slug,
            number=plan.number,
            document_type=plan.document_type,
            issuer=issuers[plan.issuer],
            place=plan.place,
            issued_on=plan.issued_on,
            effective_on=plan.effective_on,
            abstract=plan.abstract,
            signer=people[plan.signer],
            signer_position=people[plan.signer].position,
            body=json.dumps(plan.body(images)),
        )

    pages = [page_of(plan) for plan in plans]
    insert_pages(section, pages)
    tagged = models.PlanPage.topics.through
    tagged.objects.bulk_create(
        tagged(planpage_id=page.pk, topic_id=topics[topic].pk)
        for page, plan in zip(pages, plans, strict=True)
        for topic in plan.topics
    )
    models.Recipient.objects.bulk_create(
        models.Recipient(page=page, sort_order=order, name=name, role=role)
        for page, plan in zip(pages, plans, strict=True)
        for order, (name, role) in enumerate(plan.recipients)
    )
    models.Reference.objects.bulk_create(
        models.Reference(
            page=page,
            sort_order=order,
            relation=reference.relation,
            number=reference.number,
            issued_on=reference.issued_on,
            subject=reference.subject,
        )
        for page, plan in zip(pages, plans, strict=True)
        for order, reference in enumerate(plan.references)
    )
    write_ids(ids_file, pages, issuers)


if __name__ == "__main__":
    run_loader(load)
