"""The engine on the tests' server, as tests make it."""

from __future__ import annotations

from search.elastic.client import Client
from search.elastic.engine import ElasticEngine
from tests.search.engine_cases import case_fields

__all__ = ["PATIENT", "connect_elastic"]

PATIENT = 20.0
"""Seconds for a search where a test is not about time: machines are shared."""


def connect_elastic(url: str, prefix: str, *, seconds: float = PATIENT) -> ElasticEngine:
    """An engine with connections of its own, on the indices under the prefix."""
    return ElasticEngine(
        Client([url]),
        prefix=prefix,
        locales=("vi", "en"),
        replicas=0,
        seconds=seconds,
        fields=case_fields,
    )
