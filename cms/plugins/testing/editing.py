"""The contract: editors can create and edit the type, and see its blocks before they add them."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from cms.plugins.checks.walk import exposed_places, walk_blocks
from cms.plugins.config import ContentPlugin
from cms.plugins.registry import ContentType, registry
from cms.plugins.testing.base import ContractBase
from cms.plugins.testing.samples import Samples

__all__ = ["Editing"]


class Editing(ContractBase):
    """Tests in the admin, as an administrator."""

    def test_create_form_renders(
        self, content_type: ContentType, samples: Samples, admin_client: Client
    ) -> None:
        model = self.model_of(content_type)
        if model is type(samples.home):
            return  # the root of the portal is never created in the admin
        parent = samples.parent(content_type)
        place = [model._meta.app_label, model._meta.model_name, parent.pk]
        answer = admin_client.get(reverse("wagtailadmin_pages:add", args=place))
        assert answer.status_code == 200
        form = answer.content.decode()
        for exposed in content_type.exposed_fields:
            if exposed.panel and not exposed.computed:
                assert f'"{exposed.name}' in form, f"The form has no {exposed.name!r}."

    def test_edit_form_shows_every_block(
        self, content_type: ContentType, samples: Samples, admin_client: Client
    ) -> None:
        page = samples.page(content_type)
        answer = admin_client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
        assert answer.status_code == 200

    def test_every_block_previews(self, admin_client: Client) -> None:
        for path, prefix in _previews(self.config):
            answer = admin_client.get(reverse("wagtailadmin_block_preview"), {"id": prefix})
            assert answer.status_code == 200, path

    def test_shared_records_have_a_form(self, admin_client: Client) -> None:
        for content_type in registry.snippets():
            if content_type.plugin == self.plugin:
                viewset = self.model_of(content_type).snippet_viewset
                answer = admin_client.get(reverse(viewset.get_url_name("add")))
                assert answer.status_code == 200, content_type.name


def _previews(plugin: ContentPlugin) -> list[tuple[str, str]]:
    """The path and the id of each block of the plugin's bodies that has a preview."""
    found: dict[str, str] = {}
    for content_type in registry:
        if content_type.plugin != plugin.label:
            continue
        for place in exposed_places(content_type.model):
            if place.exposed.computed or place.stream_block is None:
                continue
            for inner in walk_blocks(place.stream_block, str(place)):
                if inner.block.is_previewable:
                    found.setdefault(inner.block.definition_prefix, inner.path)
    return [(path, prefix) for prefix, path in found.items()]
