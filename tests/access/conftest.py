"""What the tests of access share: tokens, and a client that sends one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from cms.delivery.access.admission import forget_clients
from cms.delivery.access.tokens import new_secret
from cms.delivery.models import ApiToken, Reach, TokenSection
from tests.delivery.conftest import Api, api

__all__ = ["Holder", "api", "make_token"]


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
