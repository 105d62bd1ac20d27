"""Fixtures of the translation tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override
from wagtail.models import Locale
from wagtail_localize.operations import translate_object

from tests.editor.conftest import admin, admin_client
from tests.fixtures.portal import Portal
from tests.settings.conftest import load_settings
from tests.translation.samples import Sample

__all__ = ["admin", "admin_client", "in_english", "load_settings", "sample"]


@pytest.fixture
def sample(portal: Portal) -> Sample:
    """The portal, its home page and its news being translated into English."""
    locale = Locale.objects.get(language_code="en")
    translate_object(portal.home, [locale])
    translate_object(portal.news, [locale])
    return Sample(portal, locale)


@pytest.fixture
def in_english() -> Iterator[None]:
    """Messages as the code has them, for tests that read them."""
    with override("en"):
        yield
