"""The plugin keeps the contract."""

from cms.plugins.testing import PluginContract


class TestAnnouncement(PluginContract):
    plugin = "announcement"
