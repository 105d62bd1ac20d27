"""What is written to the log: one JSON object a line, and no secret in it."""

from __future__ import annotations

import io
import json
import logging
import logging.config
from collections.abc import Iterator

import pytest
import structlog

from cms.settings.logs import build_logging


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Production's logging, written to a text stream; the suite's own is put back."""
    root = logging.getLogger()
    handlers, level, configured = root.handlers[:], root.level, structlog.get_config()
    logging.config.dictConfig(build_logging("INFO", json=True) | {"loggers": {}})
    stream = io.StringIO()
    handler = root.handlers[0]
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.configure(**configured)


def test_both_loggers_write_json_lines(stream: io.StringIO) -> None:
    structlog.get_logger("cms.test").info("published", page=41)
    logging.getLogger("cms.test").warning("slow: %s", "tìm kiếm", extra={"seconds": 2})
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (first["event"], first["page"], first["level"]) == ("published", 41, "info")
    assert (second["event"], second["seconds"]) == ("slow: tìm kiếm", 2)
    assert first["timestamp"].endswith("Z")


def test_secrets_are_masked(stream: io.StringIO) -> None:
    structlog.get_logger("cms.test").info(
        "connecting to postgres://cms:hidden@db/cms",
        password="hidden",
        headers={"Authorization": "Bearer hidden", "Accept": "*/*"},
        attempts=[{"preview_token": "hidden"}],
    )
    assert "hidden" not in stream.getvalue()
    assert json.loads(stream.getvalue())["headers"]["Accept"] == "*/*"


def test_a_traceback_shows_no_local_variables(stream: io.StringIO) -> None:
    secret = "hidden"
    try:
        raise ValueError(f"{len(secret)} letters")
    except ValueError:
        logging.getLogger("cms.test").exception("failed")
    entry = json.loads(stream.getvalue())
    assert "ValueError: 6 letters" in entry["exception"]
    assert "hidden" not in entry["exception"].replace('secret = "hidden"', "")
