"""What the tests of access share: tokens, and a client that sends one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale

from cms.changes.feed import number_changes
from cms.delivery.access.admission import forget_clients
from cms.delivery.access.tokens import new_secret
from cms.delivery.models import ApiToken, Menu, Reach, TokenSection
from cms.pages.models import ContentPage
from cms.plugins.article.models import RelatedPage
from tests.delivery.conftest import Api, api
from tests.factories import block, translate
from tests.fixtures.portal import Portal

__all__ = ["CANARY", "Holder", "Parts", "api", "make_token"]

CANARY = "Kimtuyen4711"
"""A word that stands only outside the news."""


class Holder(Api):
    """Reads the API with a token."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self.secret = secret

    def get(
        self,
        path: str,
        params: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> HttpResponse:
        """The answer to a GET with the token."""
        sent = {"Authorization": f"Bearer {self.secret}", **(headers or {})}
        return super().get(path, params, sent)


def make_token(*sections: Any, **fields: Any) -> tuple[ApiToken, Holder]:
    """A token, for the sections where there are any, and its holder."""
    secret, prefix, digest = new_secret()
    reach = Reach.SECTIONS if sections else Reach.EVERYWHERE
    values = {"name": prefix, "reach": reach, **fields}
    token = ApiToken(prefix=prefix, digest=digest, **values)
    token.sections = [TokenSection(page_id=page.pk) for page in sections]
    token.save()
    return token, Holder(secret)


@pytest.fixture(autouse=True)
def _fresh_quotas() -> Iterator[None]:
    """No test uses up another one's quota."""
    forget_clients()
    yield
    forget_clients()


@pytest.fixture
def client() -> Client:
    """A browser without a session."""
    return Client()


@dataclass(frozen=True, slots=True)
class Parts:
    """A page inside the news that names pages outside, in another section and locale."""

    inside: ContentPage
    outside: ContentPage
    english: ContentPage


@pytest.fixture
def parts(portal: Portal) -> Parts:
    """Everything here is published: the anonymous reader sees it all."""
    outside = portal.article(f"{CANARY} ngoài", parent=portal.texts, lead=CANARY, slug="ngoai")
    inside = portal.article(
        "Bài trong mục",
        related_pages=[RelatedPage(target=outside)],
        body=[
            block("paragraph", f'<p><a linktype="page" id="{outside.pk}">liên kết</a></p>'),
            block("page_cards", {"title": "", "pages": [outside.pk]}),
        ],
    )
    english = translate(inside, "Article in the section")
    entries = [
        block("page", {"page": page.pk, "title": "", "children": True, "items": []})
        for page in (portal.news, portal.texts, outside)
    ]
    Menu.objects.create(title="Chính", handle="main", locale=Locale.get_default(), items=entries)
    Redirect.add_redirect("/cu-ngoai/", outside)
    Redirect.add_redirect("/cu-trong/", inside)
    number_changes()
    return Parts(inside, outside, english)
