"""Imports what is not there."""

from tests.plugins.broken.e009 import nothing_of_that_name  # type: ignore[attr-defined]

importers = {"broken": nothing_of_that_name}
