"""What the tests of text imports share: the real pages, the command, what a reader gets."""

from __future__ import annotations

import os
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.transfer.lines import NEWS

__all__ = ["PLAN", "TEXTS", "blocks", "run", "seed"]

SEEDS = Path(__file__).parents[2].parent / "shared" / "data" / "seeds"
TEXTS = {**NEWS, "path": "/van-ban-kinh-te-tap-the/", "title": "Văn bản kinh tế tập thể"}
PLAN = "/van-ban-kinh-te-tap-the/60-kh-lmhtx/"


def seed(name: str) -> Path:
    path = SEEDS / name
    if not path.exists():
        reason = f"shared data is not beside the repository: {name}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def run(*arguments: Any, **options: Any) -> str:
    out = StringIO()
    call_command("import_text", *arguments, stdout=out, **options)
    return out.getvalue()


def blocks(items: list[Any], name: str) -> list[Any]:
    return [block["value"] for block in items if block["type"] == name]
