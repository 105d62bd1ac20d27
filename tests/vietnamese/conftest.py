"""The two real pages and the number vectors that stand beside the repository."""

import os
from pathlib import Path

import pytest

SHARED_DATA = Path(__file__).parents[2].parent / "shared" / "data"


def read_shared(name: str) -> str:
    """Return a shared file's text; skip without it, fail where CI must have it."""
    path = SHARED_DATA / name
    if not path.exists():
        reason = f"shared data is not beside the repository: {name}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def plan_page() -> str:
    """The first real page: a plan shown as an article, with the site around it."""
    return read_shared("seeds/000_d5307778423c5793.txt")


@pytest.fixture(scope="session")
def article_page() -> str:
    """The second real page: an article under a section, with side boxes after it."""
    return read_shared("seeds/002_775e86c934c96055.txt")


@pytest.fixture(scope="session")
def number_vectors() -> str:
    """The spellings that are document numbers and those that are not, as JSON."""
    return read_shared("documents/numbers.json")
