"""The contract: content survives an export, and the plugin's being out of use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import Client

from cms.plugins.registry import ContentType
from cms.plugins.testing.base import ContractBase
from cms.plugins.testing.documents import API
from cms.plugins.testing.samples import Samples

__all__ = ["Lifecycle"]


class Lifecycle(ContractBase):
    """Tests of what must come back as it was."""

    def test_export_and_import_give_the_same_bytes(
        self, content_type: ContentType, samples: Samples, tmp_path: Path
    ) -> None:
        page = samples.page(content_type)
        before, after = tmp_path / "before.jsonl", tmp_path / "after.jsonl"
        call_command("export_content", str(before))
        if content_type.model is not type(samples.home):
            page.delete()
        call_command("import_content", str(before))
        call_command("export_content", str(after))
        assert after.read_bytes() == before.read_bytes()

    def test_out_of_use_and_back_gives_the_same_bytes(
        self, content_type: ContentType, samples: Samples, client: Client, settings: Any
    ) -> None:
        page = samples.page(content_type)
        addresses = [f"{API}/pages/{page.pk}", f"{API}/pages?type={content_type.name}"]
        before = [client.get(address).content for address in addresses]
        parent = page.get_parent().specific
        in_use = settings.CMS_DISABLED_PLUGINS
        settings.CMS_DISABLED_PLUGINS = [*in_use, self.plugin]
        assert client.get(addresses[0]).status_code == 404
        assert client.get(addresses[1]).status_code == 400
        assert not self.model_of(content_type).can_create_at(parent)
        settings.CMS_DISABLED_PLUGINS = in_use
        assert [client.get(address).content for address in addresses] == before
