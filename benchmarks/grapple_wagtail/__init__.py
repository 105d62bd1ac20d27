"""wagtail-grapple on the plain site: its content, its database, and GraphQL on top.

Runs in the environment that requirements/grapple.txt locks.
"""
