"""No token stands in a log, also when reading with it fails (N31)."""

from __future__ import annotations

import io
import json
import logging

import pytest
from django.test import Client

from cms.delivery.endpoints import drafts
from cms.delivery.models import PreviewToken
from tests.access.conftest import make_token
from tests.fixtures.portal import Portal
from tests.preview.conftest import Editor
from tests.settings.test_logs import stream

__all__ = ["stream"]


def test_N31_no_secret_in_any_line(
    editor: Editor, portal: Portal, stream: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = editor.draft(portal.article("Bài"))
    _, holder = make_token()
    browser = Client(raise_request_exception=False)

    def fail(page: object) -> None:
        raise RuntimeError(f"failed at /api/v1/preview?token={preview}&x=1")

    monkeypatch.setattr(drafts, "build_document", fail)
    answers = [
        browser.get("/api/v1/preview", {"token": preview}),
        browser.get("/api/v1/preview", headers={"Authorization": f"Bearer {preview}"}),
        browser.get("/api/v1/preview", {"token": "htp_wrong-one"}),
        browser.get("/api/v1/nothing", {"token": holder.secret}),
        browser.get("/nowhere/", {"token": preview}),
        browser.get("/admin/", {"token": preview}),
    ]
    assert [one.status_code for one in answers] == [500, 500, 401, 404, 404, 302]
    logging.getLogger("django.server").warning(
        '"GET /api/v1/preview?token=%s HTTP/1.1" 200', preview
    )
    logging.getLogger("cms").warning("using %s", holder.secret, extra={"seen": [holder.secret]})
    logging.getLogger("cms").warning("row", extra={"row": PreviewToken.objects.get()})
    written = stream.getvalue()
    lines = [json.loads(line) for line in written.splitlines()]
    assert len(lines) >= 5
    assert any("RuntimeError" in str(line) for line in lines)
    for secret in (preview, holder.secret):
        body = secret.partition("_")[2]
        assert body not in written
        assert body.partition(".")[0] not in written
        assert body[-20:] not in written
