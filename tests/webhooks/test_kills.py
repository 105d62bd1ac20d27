"""The worker may die at any moment: nothing is missed, no webhook lost, nothing withdrawn shown."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.db import connection

from benchmarks.kills import run
from cms.pages.verification import verify_documents
from tests.fixtures.portal import make_portal

KILLS = 8


def _environment(var_dir: Path) -> dict[str, str]:
    """What a process needs to work on this test's database, with the settings of development."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        url = f"sqlite:///{database['NAME']}"
    else:
        login = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}"
        query = urlencode({k: v for k, v in database["OPTIONS"].items() if isinstance(v, str)})
        url = f"postgres://{login}@{database['HOST']}:{database['PORT']}/{database['NAME']}?{query}"
    inherited = {name: "" for name in os.environ if name.startswith("CMS_")}
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        "CMS_DATABASE_URL": url,
        "CMS_VAR_DIR": str(var_dir),
        "CMS_SECRET_KEY": settings.SECRET_KEY,
        "CMS_LOG_LEVEL": "ERROR",
    }


@pytest.mark.django_db(transaction=True)
def test_t6_t10_a_worker_that_is_killed_again_and_again_loses_nothing(tmp_path: Path) -> None:
    portal = make_portal()
    for number in range(4):
        portal.article(f"Bài {number}")
        portal.document(f"{number + 1}/KH-LMHTX")
    connection.close()
    found = run(_environment(tmp_path), KILLS)
    assert found.problems == []
    assert found.kills == KILLS
    assert found.changes > KILLS
    assert found.messages >= 2 * KILLS
    assert found.answers["200"] > KILLS and found.answers["304"] > KILLS
    assert found.answers["from memory"] > KILLS
    assert list(verify_documents()) == []
