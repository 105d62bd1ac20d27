"""A routes.py without routes."""
