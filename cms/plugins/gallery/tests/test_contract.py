"""The plugin keeps the contract."""

from cms.plugins.testing import PluginContract


class TestGallery(PluginContract):
    plugin = "gallery"
