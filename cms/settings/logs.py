"""Logging: one line for each event, as JSON in production, with secrets masked."""

from __future__ import annotations

import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

__all__ = ["build_logging", "mask_secrets"]

MASK = "***"
SECRET_NAME = re.compile(
    r"password|passwd|secret|token|api_?key|authorization|cookie|credential|session_?key",
    re.IGNORECASE,
)
TOKENS = re.compile(r"(?<=htc_)[\w-]{4,}|(?<=htp_)[\w.-]{4,}|(?<=[?&;]token=)[^&\s'\"<>]+")
"""Access and preview tokens, wherever in a text they stand."""
URL_CREDENTIALS = re.compile(r"(?<=://)[^/@\s:]*:[^/@\s]+(?=@)")


def _masked(value: object) -> object:
    if isinstance(value, dict):
        return {
            key: MASK if SECRET_NAME.search(str(key)) else _masked(item)
            for key, item in value.items()
        }
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    # What is no text is written as its representation: a request's has its query string in it.
    text = value if isinstance(value, str) else repr(value)
    return TOKENS.sub(MASK, URL_CREDENTIALS.sub(MASK, text))


def mask_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace what must not stand in a log: values under secret names, and URL credentials."""
    return {
        key: value
        if key.startswith("_") or key == "exc_info"  # the renderer's own
        else (MASK if SECRET_NAME.search(key) else _masked(value))
        for key, value in event.items()
    }


def build_logging(level: str, *, json: bool) -> dict[str, Any]:
    """Configure structlog and return Django's `LOGGING`, so that both write the same lines.

    ``level`` is the least severe level written; ``json`` chooses JSON over lines for a terminal.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    last: list[Processor] = (
        # Tracebacks as text, without local variables: those hold secrets no name gives away.
        [
            structlog.processors.format_exc_info,
            mask_secrets,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ]
        if json
        else [mask_secrets, structlog.dev.ConsoleRenderer(colors=False)]
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers would write the same events a second time.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # An error of its backends is all that tells of a purge that failed.
            "wagtail.frontendcache": {"level": "ERROR"},
            # Two lines for each indexing task of each saved page, where neither says anything.
            "django_tasks": {"level": "WARNING"},
        },
    }
