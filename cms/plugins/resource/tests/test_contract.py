"""The plugin keeps the contract."""

from cms.plugins.testing import PluginContract


class TestResource(PluginContract):
    plugin = "resource"
