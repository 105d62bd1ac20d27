"""A real, very small frontend on another origin than the admin's, which shows previews."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

__all__ = ["Frontend", "frontend"]

PAGE = """<!DOCTYPE html>
<html lang="vi"><meta charset="utf-8"><meta name="referrer" content="no-referrer">
<title>Trang thử</title><link rel="icon" href="data:,">
<style>body{font:18px sans-serif;margin:2rem;background:#f4efe2}.draft{color:#a00}</style>
<p class="draft" id="state">Đang đọc…</p><h1 id="title"></h1><div id="lead"></div>
<script>
const token = new URLSearchParams(location.search).get("token");
history.replaceState(null, "", location.pathname);
fetch(API + "/api/v1/preview", {headers: {Authorization: "Bearer " + token}})
  .then((answer) => answer.json().then((body) => {
    document.querySelector("#state").textContent = answer.ok && body.draft ? "Bản nháp" : body.type;
    document.querySelector("#title").textContent = answer.ok ? body.page.title : "";
    document.querySelector("#lead").textContent = answer.ok ? body.page.lead : "";
  }));
</script></html>"""


class Frontend(ThreadingHTTPServer):
    """Shows the title and the lead of what its token leads to; remembers what it was asked."""

    daemon_threads = True

    def __init__(self, api: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.page = PAGE.replace("API", json.dumps(api)).encode()
        self.asked: list[tuple[str, str | None]] = []

    @property
    def url(self) -> str:
        """Where it stands: another port, so another origin than the admin's."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Frontend

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("Referer")))
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.server.page)))
        self.end_headers()
        self.wfile.write(self.server.page)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def frontend(live_server: LiveServer, settings: Settings) -> Iterator[Frontend]:
    """The frontend, which the admin knows of."""
    server = Frontend(live_server.url)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.CMS_PREVIEW_URL = f"{server.url}/xem-truoc?token={{token}}"
    yield server
    server.shutdown()
    server.server_close()
    thread.join(timeout=10)
