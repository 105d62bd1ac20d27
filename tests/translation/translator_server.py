"""A small server on this machine that speaks what the translators' clients speak."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from pydantic import TypeAdapter
from pytest_django import Settings

from cms.settings.translators import Translator

__all__ = ["KEY", "TranslatorServer", "serve_translator", "set_translator"]

KEY = "khoa-bi-mat-123"

type Translate = Callable[[str], str | None]


@dataclass
class TranslatorServer:
    """What it was asked, and how it answers: ``translate`` gives the text for a text."""

    url: str
    translate: Translate = lambda text: f"EN {text}"
    statuses: list[int] = field(default_factory=list)  # of the next answers; then 200
    body: bytes | None = None  # in place of an answer
    delay: float = 0  # seconds before it answers
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


def _chat(server: TranslatorServer, asked: dict[str, Any]) -> dict[str, Any]:
    """OpenAI's /chat/completions."""
    segments = json.loads(asked["messages"][1]["content"])["segments"]
    answers = [(one["id"], server.translate(one["text"])) for one in segments]
    content = {"translations": [{"id": i, "text": t} for i, t in answers if t is not None]}
    message = {"role": "assistant", "content": json.dumps(content, ensure_ascii=False)}
    return {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}


def _libre(server: TranslatorServer, asked: dict[str, Any]) -> dict[str, Any]:
    return {"translatedText": [server.translate(text) for text in asked["q"]]}


def _deepl(server: TranslatorServer, asked: dict[str, Any]) -> dict[str, Any]:
    return {"translations": [{"text": server.translate(text)} for text in asked["text"]]}


_ANSWERS = {"/v1/chat/completions": _chat, "/translate": _libre, "/v2/translate": _deepl}


@contextmanager
def serve_translator() -> Iterator[TranslatorServer]:
    """Runs it on a free port of the loopback until the block ends."""
    state = TranslatorServer("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["Content-Length"])).decode()
            is_json = "json" in self.headers.get("Content-Type", "")
            asked = json.loads(raw) if is_json else parse_qs(raw)
            state.asked.append(asked)
            state.headers.append(dict(self.headers))
            time.sleep(state.delay)
            status = state.statuses.pop(0) if state.statuses else 200
            body = state.body
            if body is None:
                answer = _ANSWERS[self.path](state, asked) if status == 200 else {"error": raw}
                body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # the client has waited long enough

        def log_message(self, format: str, *args: Any) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def set_translator(settings: Settings, pair: str = "vi:en", **options: Any) -> None:
    """Has the pair of languages translated by a provider, with these options of it."""
    parsed = TypeAdapter(Translator).validate_python(options)
    settings.CMS_TRANSLATORS = {**settings.CMS_TRANSLATORS, pair: parsed}
