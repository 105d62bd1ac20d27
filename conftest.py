"""Fixtures for every test of the project: those in tests/ and those that plugins bring."""

pytest_plugins = (
    "tests.fixtures.databases",
    "tests.fixtures.isolation",
    "tests.fixtures.portal",
    "tests.fixtures.browser",
    "tests.fixtures.elasticsearch",
)
