"""The translators' dashboard."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from cms.pages.models import TranslationState
from cms.translation.dashboard.matrix import load_matrix
from cms.translation.dashboard.steps import Step, known_states, with_steps
from cms.translation.roles.reach import reach_of
from tests.fixtures.portal import Portal
from tests.translation.languages import begin, submit, translate
from tests.translation.roles import translator

URL = reverse("translation_dashboard:index")


def step(page: Page, user: User, locale: str = "en") -> str:
    reach = reach_of(user)
    found: Any = with_steps(known_states(reach), reach).get(source=page, locale=locale)
    return str(found.step)


def test_page(portal: Portal, admin_client: Client) -> None:
    begin(portal, "en")
    portal.article()
    answer = admin_client.get(URL)
    assert answer.status_code == 200
    assert "Tin tức" in answer.content.decode()
