"""Keeps Wagtail's log out of commands that tell of their work themselves."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["quiet_wagtail"]


@contextmanager
def quiet_wagtail() -> Iterator[None]:
    """Lets only warnings through: Wagtail logs each save, which would tear the progress bar."""
    logger = logging.getLogger("wagtail")
    level = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(level)
