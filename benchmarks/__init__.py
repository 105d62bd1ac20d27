"""Measures this project against a plain Wagtail site: ``python -m benchmarks``."""
