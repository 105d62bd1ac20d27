"""The tests that every plugin inherits.

    from cms.plugins.testing import PluginContract

    class TestEvent(PluginContract):
        plugin = "event"

That is all for a plugin whose fields take any value of their type; ``sample_values`` gives the
others. The tests run under pytest with pytest-django.
"""

from cms.plugins.testing.contract import PluginContract
from cms.plugins.testing.samples import Samples

__all__ = ["PluginContract", "Samples"]
