"""Makes a plugin's first files: the templates ``data/*-tpl`` with a plugin's names in them."""

from cms.plugins.scaffold.make import PluginNames, make_plugin

__all__ = ["PluginNames", "make_plugin"]
