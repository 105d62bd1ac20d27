"""Fixtures of the admin's tests."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.test import Client

from cms.plugins.official_document.models import OfficialDocumentPage
from tests.editor.plan import make_plan
from tests.fixtures.portal import Portal

PASSWORD = "mật khẩu đủ dài"


@pytest.fixture
def plan(portal: Portal) -> OfficialDocumentPage:
    """A published plan in it."""
    return make_plan(portal)


@pytest.fixture
def admin(db: None) -> User:
    """A superuser."""
    return User.objects.create_superuser("admin", "admin@localhost", PASSWORD)


@pytest.fixture
def admin_client(client: Client, admin: User) -> Client:
    """A test client in which the superuser is logged in."""
    client.force_login(admin)
    return client
