"""The import rule around plugins, as a contract for import-linter.

A list of forbidden modules would have to be kept in step with every new module and plugin; this
rule is about the shape: whatever package under the container has an `apps` module is a plugin.
"""

from __future__ import annotations

import grimp
from importlinter import Contract, ContractCheck, fields, output

__all__ = ["PluginsContract"]


class PluginsContract(Contract):
    """A plugin imports the facade alone, and nothing else of the project imports a plugin.

    Two exceptions: a plugin's tests also import ``test_facade``, and its migrations name the
    classes of fields where these stand, because Django writes them so.
    """

    plugin_container = fields.StringField()
    facade = fields.StringField()
    test_facade = fields.StringField()

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        """Look at each direct import from or into a plugin."""
        plugins = {
            child
            for child in graph.find_children(str(self.plugin_container))
            if f"{child}.apps" in graph.modules
        }
        broken = []
        for importer in sorted(graph.modules):
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                source, target = _owner(importer, plugins), _owner(imported, plugins)
                if source == target or self._is_exempt(importer, imported, source):
                    continue
                broken.append((importer, imported))
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _is_exempt(self, importer: str, imported: str, source: str | None) -> bool:
        if source is None:
            return False  # nothing outside may import a plugin
        inside = importer.removeprefix(f"{source}.").split(".")[0]
        return (
            imported == str(self.facade)
            or inside == "migrations"
            or (inside == "tests" and imported == str(self.test_facade))
        )

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print the imports that break the rule."""
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported}")
        output.new_line()
        output.print(f"A plugin imports {self.facade} alone; the core finds plugins by registry.")


def _owner(module: str, plugins: set[str]) -> str | None:
    """The plugin that a module belongs to, or None for the core."""
    return next((name for name in plugins if f"{module}.".startswith(f"{name}.")), None)
