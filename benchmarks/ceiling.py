"""The most that the server can do: a WSGI callable that always gives the same answer, no Django.

``CEILING_ANSWER`` names a JSON file: ``headers`` and ``headers_304`` as pairs, ``body`` as text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

_answer = json.loads(Path(os.environ["CEILING_ANSWER"]).read_text(encoding="utf-8"))
_HEADERS = [tuple(pair) for pair in _answer["headers"]]
_HEADERS_304 = [tuple(pair) for pair in _answer["headers_304"]]
_BODY = _answer["body"].encode()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The answer, or that the client has it."""
    if "HTTP_IF_NONE_MATCH" in environ:
        start_response("304 Not Modified", _HEADERS_304)
        return []
    start_response("200 OK", _HEADERS)
    return [_BODY]
