"""The rows of the matrix: each endpoint, with what is asked of it by each way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from tests.visibility.asking import Ask
from tests.visibility.axes import Way
from tests.visibility.subjects import Subject

__all__ = ["Asks", "Row"]

type Asks = Callable[[Subject], Iterable[Ask]]
"""The requests of a cell: what would show the subject if it were public."""


@dataclass(frozen=True)
class Row:
    """One endpoint.

    ``asks`` has the requests by way; ``without`` says why the endpoint has no other ways. What is
    asked in ``also`` belongs to no cell: no answer to it may tell of anything hidden either.
    """

    endpoint: str
    """The name of its URL; ``webhook`` for messages."""
    without: str
    asks: Mapping[Way, Asks] = field(default_factory=dict)
    also: Asks = lambda subject: ()
