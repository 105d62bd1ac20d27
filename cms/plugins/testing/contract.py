"""The contract of a plugin, whole."""

from __future__ import annotations

from cms.plugins.testing.declarations import Declarations
from cms.plugins.testing.documents import Documents
from cms.plugins.testing.editing import Editing
from cms.plugins.testing.lifecycle import Lifecycle
from cms.plugins.testing.rest import Rest

__all__ = ["PluginContract"]


class PluginContract(Declarations, Documents, Rest, Editing, Lifecycle):
    """Every test that a plugin inherits; a subclass names the ``plugin``."""
