"""What the rows are put together of: addresses, and requests made from requests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.visibility.asking import Ask
from tests.visibility.table import Asks

__all__ = ["both", "every", "known", "path_of"]


def path_of(page: Any) -> str:
    """The public path of a page of the world, as it was when all was public."""
    code = page.locale.language_code
    return f"{'' if code == 'vi' else f'/{code}'}/{page.url_path.split('/', 2)[2]}"


def known(asks: Asks) -> Asks:
    """The same requests from a client that has the answers."""
    return lambda subject: [one.once_known() for one in asks(subject)]


def both(*several: Asks) -> Asks:
    """The requests of several cells."""
    return lambda subject: [one for asks in several for one in asks(subject)]


def every(asked: Callable[[], Iterable[Ask]]) -> Asks:
    """Requests that are the same for all subjects."""
    return lambda subject: asked()
