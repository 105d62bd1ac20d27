"""The plugin keeps the contract."""

from cms.plugins.testing import PluginContract


class TestSupport(PluginContract):
    plugin = "support"
