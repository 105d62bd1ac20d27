"""Feeds of sections, and the map of the site."""
