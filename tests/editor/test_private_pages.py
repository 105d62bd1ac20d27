"""A page under a password: its form is for that page, and tells of no other."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from tests.factories import make_private, translate
from tests.fixtures.portal import Portal

WORD = "Kimtuyen4711"
PASSWORD = "mật khẩu của mục"


def _restrict(page: Page) -> PageViewRestriction:
    restriction: PageViewRestriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password=PASSWORD
    )
    return restriction


def _form(restriction: PageViewRestriction, page_id: int) -> str:
    return reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page_id])


@pytest.mark.parametrize("english", [False, True])
def test_who_knows_the_password_reads_the_page(
    client: Client, portal: Portal, english: bool
) -> None:
    page = portal.article(WORD)
    page = translate(page, WORD) if english else page
    restriction = _restrict(page)
    asked = client.get(page.url)
    action = _form(restriction, page.pk)
    assert action in asked.content.decode()
    assert WORD not in asked.content.decode()
    refused = client.post(action, {"password": "khác", "return_url": page.url})
    assert (refused.status_code, WORD in refused.content.decode()) == (200, False)
    let_in = client.post(action, {"password": PASSWORD, "return_url": page.url})
    assert let_in.headers["Location"] == page.url
    assert WORD in client.get(page.url).content.decode()


def test_n05_the_form_tells_of_no_other_page(client: Client, portal: Portal) -> None:
    restriction = _restrict(portal.texts)
    for_users = make_private(portal.article("Cho người dùng"))
    draft, private = portal.draft(), portal.article()
    expired = portal.article(parent=portal.texts)
    type(expired).objects.filter(pk=expired.pk).update(
        expire_at=timezone.now() - timedelta(seconds=1)
    )
    below_draft = portal.draft(parent=portal.texts)
    make_private(private)
    never = client.get(_form(restriction, 987_654))
    assert never.status_code == 404
    for page in (draft, private, expired, below_draft, portal.news):
        for one in (restriction, for_users):
            for method in (client.get, client.post):
                answer = method(_form(one, page.pk))
                assert (answer.status_code, answer.content) == (404, never.content), page
