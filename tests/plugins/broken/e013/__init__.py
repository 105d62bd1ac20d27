"""Importers in a list."""
